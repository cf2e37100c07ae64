using System.Text;

namespace Switchyard.Documents;

/// <summary>DataMatrix of the kind ECC 200, square: ASCII with pairs of digits, other texts as UTF-8 bytes.</summary>
/// <remarks>Source: ISO/IEC 16022: 5.2 encoding, table 7 sizes, annex E error correction, annex F placement.</remarks>
public static class DataMatrix
{
    private const int Pad = 129, Fnc1 = 232, Base256 = 231, Eci = 241, EciUtf8 = 26;

    // Side of the data region, regions a side, data words, error words, blocks.
    private static readonly (int Region, int Regions, int Data, int Check, int Blocks)[] Sizes =
    [
        (8, 1, 3, 5, 1), (10, 1, 5, 7, 1), (12, 1, 8, 10, 1), (14, 1, 12, 12, 1), (16, 1, 18, 14, 1), (18, 1, 22, 18, 1), (20, 1, 30, 20, 1), (22, 1, 36, 24, 1),
        (24, 1, 44, 28, 1), (14, 2, 62, 36, 1), (16, 2, 86, 42, 1), (18, 2, 114, 48, 1), (20, 2, 144, 56, 1), (22, 2, 174, 68, 1), (24, 2, 204, 84, 2),
        (14, 4, 280, 112, 2), (16, 4, 368, 144, 4), (18, 4, 456, 192, 4), (20, 4, 576, 224, 4), (22, 4, 696, 272, 4), (24, 4, 816, 336, 6),
        (18, 6, 1050, 408, 6), (20, 6, 1304, 496, 8),
    ];

    private static readonly int[] Exp = new int[512], Log = new int[256];

    static DataMatrix()
    {
        for (int i = 0, x = 1; i < 255; i++)
        {
            (Exp[i], Exp[i + 255], Log[x]) = (x, x, i);
            x <<= 1;
            if (x > 255) x ^= 301;
        }
    }

    /// <summary>The modules of a text; null when it is empty or too long (1,304 words).</summary>
    public static Symbol? Draw(string text, string reading = "")
    {
        if (text.Length == 0) return null;
        var words = Words(text);
        int size = Array.FindIndex(Sizes, s => s.Data >= words.Count);
        if (size < 0) return null;
        var (region, regions, data, check, blocks) = Sizes[size];
        if (words.Count < data) words.Add(Pad);
        while (words.Count < data)
        {
            int mixed = Pad + 149 * (words.Count + 1) % 253 + 1;
            words.Add(mixed > 254 ? mixed - 254 : mixed);
        }
        Correct(words, data, check / blocks, blocks);
        int side = region * regions;
        return new Symbol(Frame(DataMatrixPlacement.Place(words, side), region, regions), 2, reading);
    }

    // ASCII costs one word a character or pair of digits. A text beyond ASCII says that it is UTF-8 and comes as bytes.
    private static List<int> Words(string text)
    {
        var words = new List<int>();
        if (text.Any(c => c > 127 && c != Code128.Fnc1))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            words.AddRange([Eci, EciUtf8 + 1, Base256]);
            if (bytes.Length < 250) AddMixed(words, bytes.Length);
            else { AddMixed(words, bytes.Length / 250 + 249); AddMixed(words, bytes.Length % 250); }
            foreach (byte b in bytes) AddMixed(words, b);
            return words;
        }
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == Code128.Fnc1) words.Add(Fnc1);
            else if (i + 1 < text.Length && char.IsAsciiDigit(text[i]) && char.IsAsciiDigit(text[i + 1])) words.Add(130 + (text[i] - '0') * 10 + text[++i] - '0');
            else words.Add(text[i] + 1);
        }
        return words;
    }

    private static void AddMixed(List<int> words, int value) => words.Add((value + 149 * (words.Count + 1) % 255 + 1) % 256);

    private static void Correct(List<int> words, int data, int check, int blocks)
    {
        int[] generator = [1];
        for (int i = 1; i <= check; i++)
        {
            int[] next = new int[generator.Length + 1];
            for (int j = 0; j < generator.Length; j++)
            {
                next[j] ^= generator[j];
                next[j + 1] ^= Times(generator[j], Exp[i]);
            }
            generator = next;
        }
        words.AddRange(new int[check * blocks]);
        for (int block = 0; block < blocks; block++)
        {
            int[] rest = new int[check];
            for (int i = block; i < data; i += blocks)
            {
                int lead = words[i] ^ rest[0];
                for (int j = 0; j < check; j++) rest[j] = (j + 1 < check ? rest[j + 1] : 0) ^ Times(lead, generator[j + 1]);
            }
            for (int j = 0; j < check; j++) words[data + block + j * blocks] = rest[j];
        }
    }

    private static int Times(int a, int b) => a == 0 || b == 0 ? 0 : Exp[Log[a] + Log[b]];

    // Each region has a solid line left and below and a dotted one above and right.
    private static IReadOnlyList<bool[]> Frame(bool[,] bits, int region, int regions)
    {
        int step = region + 2, side = step * regions;
        var rows = new List<bool[]>();
        for (int y = 0; y < side; y++)
        {
            bool[] row = new bool[side];
            for (int x = 0; x < side; x++)
            {
                int inX = x % step, inY = y % step;
                row[x] = inX == 0 || inY == step - 1 || (inY == 0 ? inX % 2 == 0 : inX == step - 1 ? inY % 2 == 1 : bits[y / step * region + inY - 1, x / step * region + inX - 1]);
            }
            rows.Add(row);
        }
        return rows;
    }
}

/// <summary>Where in the square the bits of each word stand.</summary>
internal static class DataMatrixPlacement
{
    public static bool[,] Place(IReadOnlyList<int> words, int side)
    {
        int[,] place = new int[side, side];
        int word = 1;
        for (int row = 4, column = 0; row < side || column < side;)
        {
            if (row == side && column == 0) Corner(place, word++, [(side - 1, 0), (side - 1, 1), (side - 1, 2), (0, side - 2), (0, side - 1), (1, side - 1), (2, side - 1), (3, side - 1)]);
            if (row == side - 2 && column == 0 && side % 4 != 0) Corner(place, word++, [(side - 3, 0), (side - 2, 0), (side - 1, 0), (0, side - 4), (0, side - 3), (0, side - 2), (0, side - 1), (1, side - 1)]);
            if (row == side - 2 && column == 0 && side % 8 == 4) Corner(place, word++, [(side - 3, 0), (side - 2, 0), (side - 1, 0), (0, side - 2), (0, side - 1), (1, side - 1), (2, side - 1), (3, side - 1)]);
            if (row == side + 4 && column == 2 && side % 8 == 0) Corner(place, word++, [(side - 1, 0), (side - 1, side - 1), (0, side - 3), (0, side - 2), (0, side - 1), (1, side - 3), (1, side - 2), (1, side - 1)]);
            do
            {
                if (row < side && column >= 0 && place[row, column] == 0) Shape(place, side, row, column, word++);
                (row, column) = (row - 2, column + 2);
            } while (row >= 0 && column < side);
            (row, column) = (row + 1, column + 3);
            do
            {
                if (row >= 0 && column < side && place[row, column] == 0) Shape(place, side, row, column, word++);
                (row, column) = (row + 2, column - 2);
            } while (row < side && column >= 0);
            (row, column) = (row + 3, column + 1);
        }
        bool[,] bits = new bool[side, side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                bits[y, x] = place[y, x] > 0 && (words[place[y, x] / 10 - 1] >> (8 - place[y, x] % 10) & 1) != 0;
        // Where no word reaches the last corner it is a small diagonal.
        if (place[side - 1, side - 1] == 0) bits[side - 1, side - 1] = bits[side - 2, side - 2] = true;
        return bits;
    }

    private static void Shape(int[,] place, int side, int row, int column, int word)
    {
        (int Row, int Column)[] bits = [(-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0)];
        for (int i = 0; i < 8; i++)
        {
            var (y, x) = (row + bits[i].Row, column + bits[i].Column);
            if (y < 0) (y, x) = (y + side, x + 4 - (side + 4) % 8);
            if (x < 0) (y, x) = (y + 4 - (side + 4) % 8, x + side);
            place[y, x] = word * 10 + i + 1;
        }
    }

    private static void Corner(int[,] place, int word, (int Row, int Column)[] bits)
    {
        for (int i = 0; i < 8; i++) place[bits[i].Row, bits[i].Column] = word * 10 + i + 1;
    }
}
