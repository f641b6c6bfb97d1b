using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Nodal.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Tests.Repository;

/// <summary>What the compiled library calls of TorchSharp: nothing that makes a scalar which a garbage collection may free while libtorch reads it (<see cref="Sums"/>).</summary>
public sealed class TensorOperatorTests
{
    [Fact]
    public void No_operation_on_tensors_makes_a_scalar_of_its_own()
    {
        var called = Called().ToList();

        called.ShouldContain(method => method.Name == "op_Multiply");
        called.Where(MakesScalar).Select(method => $"{method.DeclaringType!.Name}: {method}").ShouldBeEmpty();
    }

    private static bool MakesScalar(MethodBase method) => method.Name switch
    {
        "op_Addition" or "op_Subtraction" => true,
        "op_Multiply" or "op_Division" or "op_Modulus" => method.GetParameters().Any(parameter => parameter.ParameterType.IsPrimitive),
        "op_Implicit" => method.DeclaringType == typeof(Scalar),
        "add" or "add_" => method.GetParameters().Length == 1,
        "square" or "square_" => true,
        _ => false,
    };

    private static IEnumerable<MethodBase> Called()
    {
        var library = typeof(Sums).Assembly;
        using var file = new PEReader(File.OpenRead(library.Location));
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.MemberReferences)
        {
            var type = metadata.GetMemberReference(handle).Parent;
            if (type.Kind == HandleKind.TypeReference && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) is nameof(Tensor) or nameof(Scalar))
            {
                yield return library.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle))!;
            }
        }
    }
}
