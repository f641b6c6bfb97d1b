namespace Nodal.Cli.Output;

/// <summary>How far down a circuit is shown.</summary>
internal enum TreeDepth
{
    /// <summary>Attention and MLP blocks.</summary>
    Blocks,

    /// <summary>Heads, and numbers of MLP neurons.</summary>
    Heads,

    /// <summary>Every kept neuron and output.</summary>
    Neurons,
}
