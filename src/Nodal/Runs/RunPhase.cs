namespace Nodal.Runs;

/// <summary>What a run is doing.</summary>
public enum RunPhase
{
    /// <summary>Reading the model.</summary>
    LoadingModel,

    /// <summary>Making or reading the pairs.</summary>
    MakingTask,

    /// <summary>Running what holds no gate, once per pair.</summary>
    PreparingPairs,

    /// <summary>Training the scores.</summary>
    Training,

    /// <summary>Choosing the size on selection pairs.</summary>
    Selecting,

    /// <summary>Measuring circuits on test pairs.</summary>
    Evaluating,

    /// <summary>Writing the run folder.</summary>
    Writing,

    /// <summary>Going on where another process has ended.</summary>
    Resuming,

    /// <summary>Bettering the selected circuit.</summary>
    Refining,

    /// <summary>Beginning one of several runs.</summary>
    NextRun,

    /// <summary>Scoring the nodes by a method that trains nothing.</summary>
    Scoring,
}
