namespace Nodal.Discovery.Attribution;

/// <summary>Scores nodes by their effects (<see cref="EffectScale"/>).</summary>
/// <param name="method">Says what the effects are.</param>
/// <param name="perParameter">Whether effects are divided by parameters; default where no leaf is scored.</param>
internal sealed class EffectScorer(INodeEffects method, bool? perParameter = null) : INodeScorer
{
    public double[] Score(ScoringSetting setting) => new EffectScale(setting.Layout).Scores(method.Effects(setting), setting.Scored, perParameter);
}
