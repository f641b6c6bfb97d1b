using System.Globalization;

namespace Nodal.Tests;

/// <summary>A culture that writes −0,5 where the invariant one has -0.5, until it is disposed; it needs no data of cultures, which the tests run without.</summary>
internal sealed class OtherCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public OtherCulture()
    {
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NegativeSign, other.NumberFormat.NumberDecimalSeparator) = ("\u2212", ",");
        CultureInfo.CurrentCulture = other;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
