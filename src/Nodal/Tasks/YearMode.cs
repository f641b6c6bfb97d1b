namespace Nodal.Tasks;

/// <summary>How a tokenizer writes the last two digits of a year such as 1742.</summary>
internal enum YearMode
{
    /// <summary><c>17|42</c>: the next token is a two-digit number.</summary>
    TwoDigits,

    /// <summary><c>17|4|2</c>: the next token is the tens digit.</summary>
    TensDigit,
}
