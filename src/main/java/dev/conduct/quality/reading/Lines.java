package dev.conduct.quality.reading;

import java.util.BitSet;

/// Lines of one file that can be covered, and those that are: two bits a line.
public final class Lines {

    private final BitSet known = new BitSet();
    private final BitSet covered = new BitSet();

    void add(int line, boolean hit) {
        known.set(line);
        if (hit) {
            covered.set(line);
        }
    }

    public int total() {
        return known.cardinality();
    }

    public int hit() {
        return covered.cardinality();
    }

    /// Bit n is line n.
    public byte[] knownBits() {
        return known.toByteArray();
    }

    public byte[] coveredBits() {
        return covered.toByteArray();
    }

    int bytes() {
        return (known.size() + covered.size()) / 8;
    }
}
