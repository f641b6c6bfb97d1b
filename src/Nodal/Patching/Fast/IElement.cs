using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>The type in which weights and kept activations lie in memory; all arithmetic on them outside of matrix products is in float32.</summary>
internal unsafe interface IElement<TSelf>
    where TSelf : unmanaged, IElement<TSelf>
{
    /// <summary>What libtorch calls it.</summary>
    static abstract ScalarType Type { get; }

    /// <summary>Sixteen elements, widened.</summary>
    static abstract Vector512<float> Load(TSelf* source);

    /// <summary>Sixteen elements, rounded to the nearest.</summary>
    static abstract void Store(Vector512<float> value, TSelf* target);

    /// <summary>One element, widened.</summary>
    static abstract float Widen(TSelf value);

    /// <summary>One element, rounded to the nearest.</summary>
    static abstract TSelf Narrow(float value);
}
