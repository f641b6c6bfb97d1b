namespace Nodal.Benchmarks;

/// <summary>The table that says whether all forms compute the same: without it their times could not be compared.</summary>
internal static class AgreementReport
{
    /// <summary>Compares the padded published form and every engine with the published form at true length.</summary>
    /// <param name="workload">Model and pairs.</param>
    /// <param name="settings">Engines and sizes to compare at.</param>
    /// <returns>The forms that are further away than their tolerance.</returns>
    public static IReadOnlyList<string> Write(Workload workload, StepSettings settings)
    {
        Console.WriteLine($"\nAgreement with the published form at true length, {workload.Name}:\n");
        var table = new MarkdownTable("form", "size", "KL published", "KL", "KL differs by", "gradients differ by", "allowed");
        var gates = new SampledGates(workload.Layout, seed: 1);
        var disagreeing = new List<string>();
        foreach (var form in settings.Engines.Prepend(PublishedForms.Padded(settings.PadTo)))
        {
            using var reference = PublishedForms.TrueLength.Create(workload);
            using var other = form.Create(workload);
            foreach (var size in settings.AgreementSizes)
            {
                var agreement = Agreement.Of(reference, other, workload.Batch, gates.At(size));
                Write(table, form, size, agreement);
                if (!agreement.Within(form.Tolerance))
                {
                    disagreeing.Add($"{form.Name} on {workload.Name} at size {Figures.Size(size)}");
                }
            }
        }

        return disagreeing;
    }

    private static void Write(MarkdownTable table, Engine form, double size, Agreement agreement) => table.Row(
        form.Name, Figures.Size(size), Figures.Number(agreement.ReferenceKl), Figures.Number(agreement.Kl),
        Figures.Scientific(agreement.KlDistance), Figures.Scientific(agreement.GradientDistance), Figures.Scientific(form.Tolerance));
}
