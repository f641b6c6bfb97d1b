using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>One pass over the JSON of a safetensors header; takes memory in proportion to the header only.</summary>
internal ref struct SafetensorsHeaderReader
{
    public const string MetadataKey = "__metadata__";
    private const int MostDimensions = 64;

    private readonly string _file;
    private readonly long _dataStart;
    private readonly long _dataLength;
    private readonly List<TensorLocation> _tensors = [];
    private readonly Dictionary<string, object> _metadata = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    public SafetensorsHeaderReader(string file, ReadOnlySpan<byte> header, long dataStart, long fileLength)
    {
        _file = file;
        _dataStart = dataStart;
        _dataLength = fileLength - dataStart;
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 8 });
    }

    public SafetensorsHeader Read()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Next(JsonTokenType.StartObject, "the header");
        while (NextProperty(out var name))
        {
            if (!names.Add(name))
            {
                Fault("a name stands twice", Quoted.Name(name), "every tensor once");
            }

            if (name == MetadataKey)
            {
                ReadMetadata();
            }
            else
            {
                ReadTensor(name);
            }
        }

        // Reading past the end makes the reader refuse anything but white space after the object.
        _json.Read();
        return new SafetensorsHeader(_tensors, _metadata);
    }

    private void ReadMetadata()
    {
        Next(JsonTokenType.StartObject, MetadataKey);
        while (NextProperty(out var key))
        {
            Next(JsonTokenType.String, $"{MetadataKey}, {Quoted.Name(key)}");
            if (!_metadata.TryAdd(key, _json.GetString()!))
            {
                Fault($"a key stands twice in {MetadataKey}", Quoted.Name(key), "every key once");
            }
        }
    }

    private void ReadTensor(string name)
    {
        var what = $"tensor {Quoted.Name(name)}";
        string? type = null;
        ImmutableArray<long>? shape = null;
        ImmutableArray<long>? offsets = null;
        Next(JsonTokenType.StartObject, what);
        while (NextProperty(out var field))
        {
            switch (field)
            {
                case "dtype" when type is null:
                    Next(JsonTokenType.String, $"{what}, dtype");
                    type = _json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = Numbers($"{what}, shape", MostDimensions);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = Numbers($"{what}, data_offsets", 2);
                    break;
                default:
                    Fault(what, $"the field {Quoted.Name(field)}", "dtype, shape and data_offsets, each once");
                    break;
            }
        }

        if (type is null || shape is null || offsets is not { Length: 2 })
        {
            Fault(what, "an incomplete description", "dtype, shape and two data_offsets");
        }

        _tensors.Add(Locate(name, SafetensorsTypes.Parse(_file, name, type), shape.Value, offsets.Value[0], offsets.Value[1]));
    }

    private readonly TensorLocation Locate(string name, TensorType type, ImmutableArray<long> shape, long begin, long end)
    {
        var what = $"tensor {Quoted.Name(name)}";
        if (begin > end || end > _dataLength)
        {
            Fault($"{what} lies outside the file", $"data_offsets [{begin}, {end}]", $"offsets in ascending order up to the {_dataLength} bytes after the header");
        }

        var bytes = TensorLocation.BytesOf(_file, name, type, shape);
        if (bytes != end - begin)
        {
            Fault(what, $"{end - begin} bytes between its data_offsets", $"the {bytes} that {type} [{string.Join(", ", shape)}] needs");
        }

        return new TensorLocation(new TensorEntry(name, type, shape), _dataStart + begin, bytes);
    }

    private ImmutableArray<long> Numbers(string what, int most)
    {
        Next(JsonTokenType.StartArray, what);
        var numbers = ImmutableArray.CreateBuilder<long>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            var number = -1L;
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out number) || number < 0)
            {
                Fault(what, TokenText(), "whole numbers from 0 to 2^63 - 1");
            }

            if (numbers.Count == most)
            {
                Fault(what, $"more than {most} numbers", $"at most {most}");
            }

            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }

    private bool NextProperty(out string name)
    {
        _json.Read();
        name = _json.TokenType == JsonTokenType.PropertyName ? _json.GetString()! : "";
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    private void Next(JsonTokenType expected, string what)
    {
        _json.Read();
        if (_json.TokenType != expected)
        {
            Fault(what, TokenText(), $"{expected}");
        }
    }

    private readonly string TokenText() => _json.TokenType == JsonTokenType.Number ? "a number out of range" : $"{_json.TokenType}";

    [DoesNotReturn]
    private readonly void Fault(string what, string found, string expected) =>
        Throw.Input($"{_file}: {what}", found, expected, "The file is damaged; get it again");
}
