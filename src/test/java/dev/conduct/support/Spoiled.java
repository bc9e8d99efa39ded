package dev.conduct.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// A text with something done to it that its author did not mean: cut off, bits flipped, or a piece of it many times.
public final class Spoiled {

    private static final int MOST_TIMES = 300;

    private Spoiled() {}

    public static byte[] bytes(String text, long seed) {
        var random = new Random(seed);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flipped(bytes, random);
            default -> repeated(bytes, random);
        };
    }

    public static String text(String text, long seed) {
        return new String(bytes(text, seed), StandardCharsets.UTF_8);
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        for (var flips = 1 + random.nextInt(8); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] repeated(byte[] bytes, Random random) {
        var from = random.nextInt(bytes.length);
        var piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(60)));
        var times = random.nextInt(MOST_TIMES);
        var all = Arrays.copyOf(bytes, bytes.length + times * piece.length);
        for (var time = 0; time < times; time++) {
            System.arraycopy(piece, 0, all, from + time * piece.length, piece.length);
        }
        System.arraycopy(bytes, from, all, from + times * piece.length, bytes.length - from);
        return all;
    }
}
