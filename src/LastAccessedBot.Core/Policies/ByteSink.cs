namespace LastAccessedBot.Core.Policies;

/// <summary>A buffer that grows, is reused, and can take back what was written last.</summary>
internal sealed class ByteSink
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void RollBackTo(int length) => Length = length;

    public void RemoveAt(int index)
    {
        _bytes.AsSpan(index + 1, Length - index - 1).CopyTo(_bytes.AsSpan(index));
        Length--;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }
}
