using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Runs;

public sealed class RunPlaceTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-place-");

    [Fact]
    public void Only_one_of_many_gets_a_folder()
    {
        var folders = new RunFolder?[16];
        Parallel.For(0, folders.Length, i =>
        {
            try
            {
                folders[i] = Make(At("run"));
            }
            catch (NodalException fault)
            {
                fault.Message.ShouldMatch("the run folder exists: found .*run, (in use by another process|not empty); expected");
            }
        });

        folders.Count(folder => folder is not null).ShouldBe(1);
        folders.OfType<RunFolder>().Single().Dispose();
    }

    [Fact]
    public void A_folder_holding_only_the_lock_of_a_dead_process_is_taken_over()
    {
        Make(At("run")).Dispose();
        Files().ShouldBe(["run", "run/.lock"]);

        using var again = Make(At("run"));

        again.Path.ShouldBe(At("run"));
    }

    [Fact]
    public void Folders_made_for_a_run_go_with_it()
    {
        using (var run = Make(At("some/where/run")))
        {
            File.WriteAllText(run.Environment, "{}");
            run.Discard();
        }

        Files().ShouldBeEmpty();
    }

    [Fact]
    public void Folders_that_were_there_stay_and_so_does_what_came_meanwhile()
    {
        _root.CreateSubdirectory("mine");
        using (var empty = Make(At("mine")))
        {
            empty.Discard();
        }

        using (var other = Make(At("some/where/run")))
        {
            File.WriteAllText(At("some/note.txt"), "");
            other.Discard();
        }

        Files().ShouldBe(["mine", "some", "some/note.txt"]);
    }

    [Fact]
    public void A_finished_run_keeps_neither_lock_nor_checkpoint()
    {
        using var run = Make(At("run"));
        File.WriteAllText(run.Config, "{}");
        run.MakeCheckpointFolder();
        File.WriteAllText(Path.Combine(run.Checkpoint, "training.safetensors"), "");

        run.Finish();

        Files().ShouldBe(["run", "run/DONE", "run/config.json"]);
    }

    [Fact]
    public void A_run_is_resumed_by_one_process_only()
    {
        using (var run = Make(At("run")))
        {
            File.WriteAllText(run.Config, "{}");
            Should.Throw<NodalException>(() => RunFolder.Resume(At("run"))).Message.ShouldContain("run is in use: found another process at work on it");
        }

        using var resumed = RunFolder.Resume(At("run"));
        Should.Throw<NodalException>(() => RunFolder.Resume(At("run"))).Message.ShouldContain("is in use");
    }

    [Fact]
    public void A_run_that_is_not_configured_yet_is_in_use_while_its_process_lives_and_cannot_be_resumed_after()
    {
        using (Make(At("run")))
        {
            Should.Throw<NodalException>(() => RunFolder.Resume(At("run"))).Message.ShouldContain("is in use");
        }

        Should.Throw<NodalException>(() => RunFolder.Resume(At("run"))).Message.ShouldContain("found a folder without config.json; expected a run that nodal discover has begun. Delete it");
    }

    [Fact]
    public void Asking_to_resume_what_is_no_run_leaves_no_trace()
    {
        _root.CreateSubdirectory("mine");

        Should.Throw<NodalException>(() => RunFolder.Resume(At("mine")));
        Should.Throw<NodalException>(() => RunFolder.Resume(At("nowhere"))).Message.ShouldContain("found no such folder");

        Files().ShouldBe(["mine"]);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static RunFolder Make(string path) => RunPlace.Make(path, new DiscoverOptions(), TimeProvider.System);

    private string At(string path) => Path.Combine(_root.FullName, path);

    private string[] Files() => [.. Directory.EnumerateFileSystemEntries(_root.FullName, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_root.FullName, path)).Order(StringComparer.Ordinal)];
}
