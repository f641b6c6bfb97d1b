using System.Runtime.InteropServices;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Cli.Output;

/// <summary>What <c>nodal doctor</c> says; also its JSON document.</summary>
internal sealed record DoctorReport
{
    public required string Nodal { get; init; }

    public required string? Commit { get; init; }

    public required string Runtime { get; init; }

    public required string System { get; init; }

    public required string TorchSharp { get; init; }

    public required NativeLibtorchReport Libtorch { get; init; }

    public required CpuFeatures Processor { get; init; }

    /// <summary>Threads of a tensor operation; unknown without libtorch.</summary>
    public required int? Threads { get; init; }

    public required long AvailableBytes { get; init; }

    public required long TotalBytes { get; init; }

    /// <summary>Whether libtorch multiplies matrices right; <see langword="null"/> where it could not be tried.</summary>
    public required bool? MatrixProduct { get; init; }

    public required bool EmbeddedModel { get; init; }

    /// <summary>Whether a run can be expected to work.</summary>
    public bool Healthy => MatrixProduct == true && EmbeddedModel;

    public static DoctorReport OfThisMachine()
    {
        var loaded = TryLoad();
        return new DoctorReport
        {
            Nodal = NodalVersion.Current,
            Commit = NodalVersion.Commit,
            Runtime = RuntimeInformation.FrameworkDescription,
            System = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            TorchSharp = typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Libtorch = loaded,
            Processor = CpuFeatures.Current,
            Threads = Works(loaded) ? TorchThreads.IntraOp : null,
            AvailableBytes = ProcessMemory.AvailableBytes,
            TotalBytes = ProcessMemory.TotalBytes,
            MatrixProduct = Works(loaded) ? MultipliesRight() : null,
            EmbeddedModel = Models.EmbeddedModel.All.All(id => File.Exists(Path.Combine(Models.EmbeddedModel.Folder(id), "model.safetensors"))),
        };
    }

    private static bool Works(NativeLibtorchReport loaded) => loaded.Load is NativeLoad.Normal or NativeLoad.AdaptedCopy;

    private static NativeLibtorchReport TryLoad()
    {
        try
        {
            return NativeLibtorch.Load();
        }
        catch (NodalException fault)
        {
            return new NativeLibtorchReport(NativeLoad.Failed, null, fault.Message);
        }
    }

    /// <summary>Small whole numbers, whose products are exact in float32: row i of A is i, column j of B is j, so (A B)_ij = n · i · j.</summary>
    private static bool MultipliesRight()
    {
        const int size = 128;
        using var scope = NewDisposeScope();
        var numbers = arange(size, dtype: ScalarType.Float32);           // (n)
        var rows = numbers.unsqueeze(1).expand(size, size);              // (n, n)
        var product = rows.matmul(rows.t());                             // (n, n)
        return product.equal(size * numbers.outer(numbers)).all().item<bool>();
    }
}
