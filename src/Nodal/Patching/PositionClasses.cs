namespace Nodal.Patching;

/// <summary>The class of each position of a prompt (<see cref="MeanPositions"/>): first, answer, all others; or one class for all.</summary>
/// <remarks>Where the answer position is the first one, it is of the answer's class.</remarks>
internal static class PositionClasses
{
    /// <summary>Number of classes.</summary>
    public static int Count(MeanPositions positions) => positions == MeanPositions.All ? 1 : 3;

    /// <summary>The class of the answer position.</summary>
    public static int Answer(MeanPositions positions) => Count(positions) - 1;

    /// <summary>(t): the class of each position.</summary>
    /// <param name="positions">How positions are told apart.</param>
    /// <param name="length">t, tokens of the prompt.</param>
    /// <param name="answerPosition">Of the prompt.</param>
    public static int[] Of(MeanPositions positions, int length, int answerPosition)
    {
        var classes = new int[length];
        if (positions == MeanPositions.Classes)
        {
            Array.Fill(classes, 1);
            classes[0] = 0;
            classes[answerPosition] = Answer(positions);
        }

        return classes;
    }
}
