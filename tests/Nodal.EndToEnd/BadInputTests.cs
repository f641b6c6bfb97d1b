namespace Nodal.EndToEnd;

public sealed class BadInputTests(ShortRun run)
{
    [Theory]
    [InlineData("discover --keep 0", "found 0; expected a fraction of the parameters above 0 and at most 1")]
    [InlineData("discover --keep 2", "found 2; expected a fraction of the parameters above 0 and at most 1")]
    [InlineData("discover --keep NaN", "found NaN")]
    [InlineData("discover --keep a", "--keep cannot be read: found 'a'; expected a number")]
    [InlineData("discover --keep 0.1 --budget 0.2", "found --keep and --budget; expected one of them")]
    [InlineData("cut RUN --keep 0.1 --budget 0.2", "found --keep and --budget; expected one of them")]
    [InlineData("cut RUN --keep 0", "found 0; expected a fraction")]
    [InlineData("discover --budget -1", "found -1; expected nats, 0 or more")]
    [InlineData("discover --pairs 0", "found 0; expected 1 or more")]
    [InlineData("discover --steps 0", "steps 0 (at least 1)")]
    [InlineData("discover --steps 1.5", "expected a whole number")]
    [InlineData("discover --minimum-size 2", "smallest size 2 (between 0 and 1)")]
    [InlineData("discover --threads 0", "found 0; expected 1 or more")]
    [InlineData("discover --method magic", "found 'magic'; expected one of ranking, paper")]
    [InlineData("discover --lambda 0.9 --epochs 3", "--epochs belongs to --method paper: found method ranking")]
    [InlineData("discover --sum-penalty", "--sum-penalty belongs to --method paper")]
    [InlineData("discover --weight-decay 0.1", "--weight-decay belongs to --method paper: found method ranking")]
    [InlineData("discover --method paper --penalty-weights Head", "--penalty-weights cannot be read: found 'Head'; expected weights of some of AttentionBlock, Head,")]
    [InlineData("discover --method paper --adam-beta1 1", "betas 1, 0.999 (at least 0, below 1)")]
    [InlineData("discover --model tracr-xproportion --task every-input --margin 1", "--margin needs a foil in every pair: found none for")]
    [InlineData("discover --method paper --margin much", "--margin cannot be read: found 'much'; expected a number, such as 0.1, or none")]
    [InlineData("discover --method paper --penalty-weights Head=1,Head=2", "expected weights of some of AttentionBlock, Head, AttentionNeuron, MlpBlock, MlpHidden, MlpOutput, each once")]
    [InlineData("discover --method paper --granularities Head,MlpBlock --penalty-weights MlpHidden=5", "--penalty-weights has weights of gates that are off: found MlpHidden; expected some of Head, MlpBlock")]
    [InlineData("discover --granularities Embedding", "--granularities leaves --method ranking nothing to choose: found Embedding alone")]
    [InlineData("discover --method attribution-patching --granularities Embedding --refine", "--granularities leaves --method attribution-patching nothing to choose: found Embedding alone")]
    [InlineData("evaluate RUN --control-steps 5", "--control-steps belongs to --evidence: found no --evidence. Leave it out, or give --evidence.")]
    [InlineData("evaluate RUN --control-steps 5 --random-circuits 9", "--random-circuits, --control-steps belong to --evidence: found no --evidence. Leave them out, or give --evidence.")]
    [InlineData("evaluate RUN --evidence curve --control-steps 5", "--control-steps belongs to --evidence controls or robustness or stability: found part curve. Leave it out, or name another part.")]
    [InlineData("evaluate RUN --evidence Layers,curve --random-circuits 9", "--random-circuits belongs to --evidence hypotheses or controls: found part layers, curve. Leave it out, or name another part.")]
    [InlineData("discover --method paper --rate 1e30", "the options of the published method cannot work: found learning rate 1E+30 (above 0, below 100)")]
    [InlineData("evaluate RUN --evidence bogus", "expected some of curve, completeness, minimality, layers, hypotheses, controls, robustness, stability, ground-truth")]
    [InlineData("evaluate RUN --mean-positions all", "--mean-positions is of mean ablation: found Counterfactual ablation")]
    [InlineData("discover --method hisp --margin 1", "--margin belongs to --method paper or ranking or mattr: found method hisp")]
    [InlineData("discover --method random --checkpoint 5 --rate 0.1", "--rate, --checkpoint belong to --method ranking or paper or mattr or subnetwork-probing: found method random. Leave them out, or name another method.")]
    [InlineData("discover --method magnitude --seeds 2", "--seeds belongs to --method ranking or paper or mattr or subnetwork-probing or random or uniform-gradient-sampling: found method magnitude. Leave it out, or name another method.")]
    [InlineData("discover --refine-batch 8", "--refine-batch belongs to --refine: found no --refine. Leave it out, or give --refine.")]
    [InlineData("discover --method paper --minimum-size 0.1", "--minimum-size belongs to --method ranking or mattr: found method paper")]
    [InlineData("discover --method paper --lambda 2 --warmup -1", "lambda 2 (0 to 1); warm-up -1 (at least 0 steps)")]
    [InlineData("discover --method paper --epochs 2 --steps 9", "found 2 epochs of 4 steps, and 9 steps")]
    [InlineData("discover --checkpoint -1", "checkpoint every -1 s (at least 0, finite)")]
    [InlineData("discover --checkpoint Infinity", "checkpoint every Infinity s (at least 0, finite)")]
    [InlineData("discover --resume RUN --steps 3 --threads 1", "found --steps, --threads; expected none beside --json, --quiet, --verbose")]
    [InlineData("discover --resume RUN --out other", "found --out; expected none")]
    [InlineData("discover --memory much", "found 'much'; expected a size such as 8GiB")]
    [InlineData("discover --sizes 0.1,7", "found '0.1,7'; expected fractions")]
    [InlineData("discover --ablation nothing", "found 'nothing'; expected one of counterfactual, mean, zero, learned")]
    [InlineData("discover --ablation mean --mean-positions some", "found 'some'; expected one of classes, all")]
    [InlineData("discover --ablation zero --mean-positions all", "--mean-positions belongs to --ablation mean or learned: found ablation zero")]
    [InlineData("discover --constant-rate 0.1", "--constant-rate belongs to --ablation learned: found ablation counterfactual")]
    [InlineData("discover --seed 2147483647 --seeds 2", "found --seed 2147483647 and --seeds 2")]
    [InlineData("discover --ablation learned --constant-rate -1", "found -1; expected a number, 0 or more")]
    [InlineData("discover --granularities Head,3", "found 'Head,3'; expected some of AttentionBlock, Head,")]
    [InlineData("discover --nonsense", "'--nonsense'")]
    [InlineData("frobnicate", "'frobnicate'")]
    [InlineData("cut", "Required argument missing")]
    [InlineData("task", "Required command was not provided")]
    [InlineData("task make gp --out gp.jsonl", "--pairs")]
    [InlineData("discover --task nonsense", "there is no task 'nonsense'")]
    public void A_wrong_command_line_gets_a_sentence_and_exit_code_2(string line, string expected)
    {
        using var folder = new TemporaryFolder();

        NodalTool.RunIn(folder.Path, line.Replace("RUN", run.Folder, StringComparison.Ordinal).Split(' ')).ShouldFail(2, expected);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nodal evaluate runs/mine --evidence --random-circuits 9 --control-steps 5")]
    [InlineData("nodal evaluate runs/mine --evidence curve,Stability --control-steps 5")]
    [InlineData("nodal discover --method random --seeds 2")]
    [InlineData("nodal discover --refine --refine-batch 8")]
    [InlineData("nodal compare --methods random,mattr --margin 1 --seeds 2 --checkpoint 0")]
    [InlineData("nodal sweep --refine-batch 8 --over refine=30,60")]
    [InlineData("nodal sweep --steps 3 --over method=random,ranking")]
    public void An_option_that_belongs_to_one_of_those_named_is_taken(string line) => CommandTree.Faults(line).ShouldBeEmpty();

    [Theory]
    [InlineData("discover --model nowhere.gguf", "there is no such model: found 'nowhere.gguf'; expected")]
    [InlineData("model show nowhere", "there is no such model: found 'nowhere'; expected")]
    [InlineData("model verify nowhere", "there is no such model")]
    [InlineData("cut nowhere --keep 0.1", "nowhere is no finished run: found no such folder")]
    [InlineData("discover --resume nowhere", "nowhere cannot be resumed: found no such folder; expected")]
    [InlineData("show nowhere.json", "cannot be read")]
    [InlineData("evaluate RUN --ablation learned", "the learned ablation has no constants here")]
    [InlineData("evaluate nowhere.json", "cannot be read")]
    [InlineData("discover --task nowhere.jsonl", "nowhere.jsonl cannot be read")]
    [InlineData("task check nowhere.jsonl", "nowhere.jsonl cannot be read")]
    [InlineData("task make gp --pairs 10 --out missing/gp.jsonl", "was not written")]
    public void A_wrong_path_gets_a_sentence_and_exit_code_1(string line, string expected)
    {
        using var folder = new TemporaryFolder();

        NodalTool.RunIn(folder.Path, line.Replace("RUN", run.Folder, StringComparison.Ordinal).Split(' ')).ShouldFail(1, expected, "; expected ");
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("empty.jsonl", "", "is empty")]
    [InlineData("words.jsonl", "no pairs at all", "of no known format")]
    [InlineData("broken.jsonl", "{\"clean\": \"Jane was sad.\"", "broken.jsonl")]
    [InlineData("missing.jsonl", "{\"clean\": \"Jane was sad.\", \"corrupted\": \"Jack was sad.\", \"answer\": \" She\"}", "foil")]
    [InlineData("misaligned.jsonl", "{\"clean\": \"Jane was sad.\", \"corrupted\": \"Jack was very sad and tired.\", \"answer\": \" She\", \"foil\": \" He\"}", "expected prompts of equal token count")]
    [InlineData("several.jsonl", "{\"clean\": \"Jane was sad.\", \"corrupted\": \"Jack was sad.\", \"answer\": \" hippopotamus\", \"foil\": \" He\"}", "answers and foils of one token")]
    public void Pairs_that_cannot_be_used_are_explained(string name, string line, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write(name, line);

        NodalTool.RunIn(folder.Path, "discover", "--task", file).ShouldFail(1, expected);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void An_existing_run_folder_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var note = folder.Write("note.txt", "mine");

        NodalTool.Run("discover", "--out", folder.Path).ShouldFail(1, "the run folder exists", "not empty; expected a folder that does not exist or is empty");
        File.ReadAllLines(note).ShouldBe(["mine"]);
    }

    [Theory]
    [InlineData("file", "the run folder exists")]
    [InlineData("file/run", "the run folder cannot be made")]
    public void A_run_folder_that_cannot_be_made_is_explained(string place, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "in the way");

        NodalTool.RunIn(folder.Path, "discover", "--out", place).ShouldFail(1, expected);
        File.ReadAllLines(folder["file"]).ShouldBe(["in the way"]);
    }

    [Fact]
    public void A_folder_that_is_no_run_is_no_run()
    {
        using var folder = new TemporaryFolder();

        NodalTool.Run("show", folder.Path).ShouldFail(1, "is no finished run: found a folder without config.json and DONE");
    }

    [Fact]
    public void A_json_file_that_is_no_circuit_is_no_circuit() => NodalTool.Run("show", run["config.json"]).ShouldFail(1, "is no circuit");

    [Fact]
    public void A_circuit_of_another_model_is_refused()
    {
        using var copy = new ModelCopy();
        copy.ChangeWeights(bytes =>
        {
            bytes[^1] ^= 1;
            return bytes;
        });

        NodalTool.Run("evaluate", run["circuit.json"], "--model", copy.Path).ShouldFail(1, "was made for another model: found SHA-256");
    }
}
