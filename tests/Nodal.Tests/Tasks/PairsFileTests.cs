using CsCheck;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class PairsFileTests
{
    [Fact]
    public void Reads_JSON_lines_with_a_text_or_a_list_of_texts()
    {
        var content = Read("""
            {"clean": "a b", "corrupted": "a c", "answer": " x", "foil": [" y", " z"], "note": 3}

            {"clean": "isn't", "corrupted": "é\u00e9", "answer": [" x"], "foil": " y", "origin": "by hand"}
            """);

        content.Format.ShouldBe(PairsFormat.Nodal);
        content.Pairs.Select(pair => pair.Line()).ShouldBe(["a b|a c| x| y/ z|line 1", "isn't|éé| x| y|by hand"]);
    }

    [Theory]
    [InlineData(
        """{"a":"Ann","b":"Bob","template":"t","ioi_sentences":"Ann and Bob went. Bob gave it to Ann","corr_a":"Cy","corr_ioi_sentences":"Cy and Di went. Ed gave it to Fay"}""",
        "Ann and Bob went. Bob gave it to|Cy and Di went. Ed gave it to| Ann| Bob|line 1")]
    [InlineData(
        """{"prefix":"So Ann is nice, isn't","pronoun":"she","name":"Ann","corr_prefix":"So Bob is nice, isn't","corr_pronoun":"he"}""",
        "So Ann is nice, isn't|So Bob is nice, isn't| she| he|line 1")]
    [InlineData(
        """{"century":"15","digits":"97","prefix":"The war lasted from 1597 to 15","corr_digits":"95","corr_prefix":"The war lasted from 1095 to 10"}""",
        "The war lasted from 1597 to 15|The war lasted from 1095 to 10|98/99|", true)]
    [InlineData(
        """{"input":"( True ) is","target":"True","length":4,"corr_input":"( False ) is","corr_target":"True"}""",
        "( True ) is|( False ) is| True| False|line 1")]
    public void Reads_each_row_of_Edge_Pruning(string row, string expected, bool startsWith = false)
    {
        var content = Read(row);
        content.Format.ShouldBe(PairsFormat.EdgePruning);
        var line = content.Pairs.Single().Line();
        (startsWith ? line[..expected.Length] : line).ShouldBe(expected);
    }

    [Fact]
    public void Reads_the_greater_than_CSV_of_EAP_IG()
    {
        var content = Read("clean,corrupted,label\nThe war lasted from the year 1352 to the year 13,The war lasted from the year 1301 to the year 13,52\n");
        content.Format.ShouldBe(PairsFormat.EapIg);
        var pair = content.Pairs.Single();
        (pair.Clean, pair.Corrupted, pair.Origin).ShouldBe(("The war lasted from the year 1352 to the year 13", "The war lasted from the year 1301 to the year 13", "line 2"));
        (pair.Answers[0], pair.Answers[^1], pair.Foils[0], pair.Foils[^1]).ShouldBe(("53", "99", "00", "52"));
    }

    [Fact]
    public void Takes_the_answers_of_the_IOI_CSV_from_the_names_in_the_prompt()
    {
        var content = Read(
            ",clean,corrupted,corrupted_hard,correct_idx,incorrect_idx\r\n"
            + "470,\"Then, Aaron and Amber were there. Aaron gave it to\",\"Then, Aaron and Amber were there. Tiffany gave it to\",\"x, y\",47764,26757\r\n"
            + "4,Friends Ann and Bob met. Bob said to,Friends Ann and Bob met. Cy said to,z,1,2\r\n");
        content.Format.ShouldBe(PairsFormat.EapIg);
        content.Pairs.Select(pair => pair.Line()).ShouldBe(
        [
            "Then, Aaron and Amber were there. Aaron gave it to|Then, Aaron and Amber were there. Tiffany gave it to| Amber| Aaron|line 2",
            "Friends Ann and Bob met. Bob said to|Friends Ann and Bob met. Cy said to| Ann| Bob|line 3",
        ]);
    }

    [Theory]
    [InlineData("""{"word_idxs": {"a": 1}, "prompts": [{"clean": "a b", "corrupt": "a c", "answers": [" x", " z"], "wrong_answers": [" y"]}]}""", "prompts[0]")]
    [InlineData("""{"clean": "a b", "corrupt": "a c", "answers": [" x", " z"], "wrong_answers": " y"}""", "line 1")]
    public void Reads_AutoCircuit_as_one_object_or_as_lines(string text, string origin)
    {
        var content = Read(text.Replace(", \"", ",\n\"", StringComparison.Ordinal).Replace("\n", origin == "line 1" ? " " : "\n", StringComparison.Ordinal));
        content.Format.ShouldBe(PairsFormat.AutoCircuit);
        content.Pairs.Single().Line().ShouldBe($"a b|a c| x/ z| y|{origin}");
    }

    [Fact]
    public void Counts_greater_than_rows_whose_year_the_tokenizer_does_not_split()
    {
        const string row = """{"digits":"52","prefix":"The war lasted from 1352 to 13","corr_prefix":"The war lasted from 1201 to 12"}""";
        var content = Read(row, new WholeYears());
        content.Pairs.ShouldBeEmpty();
        var dropped = content.Dropped.Single();
        (dropped.Reason, dropped.Count, dropped.Examples.Single()).ShouldBe((YearTokens.NotSplit, 1, "pairs, line 1: 1201"));
    }

    [Fact]
    public void Counts_greater_than_rows_whose_label_is_not_the_year_in_the_prompt()
    {
        var dropped = Read("clean,corrupted,label\nfrom 1589 to 15,from 1501 to 15,88\nfrom 1502 to 15,from 1501 to 15,2\n");
        dropped.Pairs.Single().Origin.ShouldBe("line 3");
        dropped.Dropped.Single().Reason.ShouldBe(PairRows.Contradiction);
        dropped.Dropped.Single().Examples.ShouldBe(["pairs, line 2: '88' beside 'from 1589 to 15'"]);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var text = Gen.String.Where(text => !text.Any(char.IsSurrogate));
        var pairs = Gen.Select(text, text, text.Array[0, 3], text.Array[0, 3], text).Select((clean, corrupted, answers, foils, origin) =>
            new PromptPair { Clean = clean, Corrupted = corrupted, Answers = [.. answers], Foils = [.. foils], Origin = origin }).Array[1, 4];
        using var folder = new TemporaryFolder();
        var path = folder.File("pairs.jsonl");
        pairs.Sample(
            written =>
            {
                PairsFile.Write(path, written);
                var read = PairsFile.Read(path, new WordTokenizer()).Pairs;
                var expected = written.Select((pair, index) => pair.Origin.Length > 0 ? pair : pair with { Origin = $"line {index + 1}" });
                return read.Select(pair => pair.Line()).SequenceEqual(expected.Select(pair => pair.Line()));
            },
            iter: 100, threads: 1);
    }

    [Fact]
    public void One_answer_is_written_as_a_text_that_people_can_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("pairs.jsonl");
        PairsFile.Write(path, [Pairs.Of("It isn't <é>", "b") with { Foils = [" x", " y"] }]);
        File.ReadAllText(path).ShouldBe("""{"clean":"It isn't <é>","corrupted":"b","answer":" yes","foil":[" x"," y"]}""" + "\n");
    }

    [Theory]
    [InlineData("", "pairs is empty: found no text")]
    [InlineData(" \n\n", "pairs is empty: found no text")]
    [InlineData("hello\nworld", "of no known format: found a first line that begins 'hello'")]
    [InlineData("[1, 2]", "of no known format: found a first line that begins '[1, 2]'")]
    [InlineData("{\"clean\": \"a\",\n", "pairs, line 1 is not a JSON object: found '{\"clean\": \"a\",'")]
    [InlineData("{\"clean\": \"a\", \"corrupted\": \"b\", \"answer\": \"c\", \"foil\": \"d\"}\n\n[3]", "pairs, line 3 is not a JSON object: found '[3]'")]
    [InlineData("{\"clean\": \"a\", \"corrupted\": \"b\", \"foil\": \"d\"}", "line 1 lacks the field 'answer': found the fields clean, corrupted, foil")]
    [InlineData("{\"clean\": 5, \"corrupted\": \"b\", \"answer\": \"c\", \"foil\": \"d\"}", "line 1 has no usable 'clean': found '5'")]
    [InlineData("{\"clean\": \"a\", \"corrupted\": \"b\", \"answer\": [\"c\", 1], \"foil\": \"d\"}", "line 1 has no usable 'answer': found '1'")]
    [InlineData("{\"clean\": \"\\ud800\", \"corrupted\": \"b\", \"answer\": \"c\", \"foil\": \"d\"}", "line 1 has no usable 'clean': found '\"\\ud800\"'")]
    [InlineData("{\"prompts\": []}", "holds no pair")]
    [InlineData("{\"prompts\": 3}", "has no usable 'prompts': found '3'")]
    [InlineData("{\"prompts\": [3]}", "prompts[0] is not an object: found '3'")]
    [InlineData("{\"prompts\": [\n{\"clean\": \"a\"", "line 2 is not JSON")]
    [InlineData("{\"prompts\": [{\"clean\": \"a\"}]}", "prompts[0] lacks the field 'corrupt': found the fields clean")]
    [InlineData("{\"ioi_sentences\": \"Bob gave it to Ann\", \"a\": \"Cy\"}", "line 1 has no usable 'ioi_sentences'")]
    [InlineData("{\"prefix\": \"So Ann\", \"pronoun\": \"they\"}", "no usable 'pronoun': found 'they'; expected 'he' or 'she'")]
    [InlineData("{\"prefix\": \"from then to now\", \"corr_prefix\": \"x\", \"digits\": \"88\"}", "line 1 is not a greater-than prompt: found 'from then to now'")]
    [InlineData("clean,corrupted\na,b\n", "found the columns clean, corrupted")]
    [InlineData("clean,corrupted\n", "found the columns clean, corrupted")]
    [InlineData("clean,corrupted,label\n", "holds no pair")]
    [InlineData("clean,corrupted,label\nfrom 1589 to 15,b\n", "line 2 is not CSV")]
    [InlineData("clean,corrupted,label\n\n\"from 1589 to 15,b,89\n", "line 3 is not CSV")]
    [InlineData("clean,corrupted,correct_idx\nAnn and Bob met. Cy said to,b,3\n", "line 2 does not show its answer")]
    [InlineData("clean,corrupted,correct_idx\nnobody said to,b,3\n", "line 2 does not show its answer")]
    public void Bad_files_are_refused_with_the_place_and_what_was_found(string text, string expected)
    {
        var fault = Should.Throw<NodalException>(() => Read(text));
        fault.Kind.ShouldBe(FaultKind.Input);
        fault.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<NodalException>(() => PairsFile.Read(folder.File("none.jsonl"), new WordTokenizer())).Message.ShouldContain("none.jsonl cannot be read");
        Should.Throw<NodalException>(() => PairsFile.Read(folder.Path, new WordTokenizer())).Message.ShouldContain("found a folder");
    }

    private static PairsFileContent Read(string text, Nodal.Tokenization.ITokenizer? tokenizer = null)
    {
        using var reader = new StringReader(text);
        return PairsFile.Read(reader, "pairs", tokenizer ?? new WordTokenizer());
    }
}
