package dev.conduct.kernel;

import gg.jte.TemplateOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of an answer, one after the other in one array: a page writes some thousand pieces, and an array for each
/// would be more work than writing it.
final class PageBytes implements TemplateOutput {

    private static final int USUAL = 64 * 1024;

    private byte[] bytes = new byte[USUAL];
    private int size;

    @Override
    public void writeContent(String text) {
        writeContent(text, 0, text.length());
    }

    @Override
    public void writeContent(String text, int from, int to) {
        makeRoom(to - from);
        for (var place = from; place < to; place++) {
            var letter = text.charAt(place);
            if (letter >= 0x80) {
                writeBinaryContent(text.substring(place, to).getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[size++] = (byte) letter;
        }
    }

    @Override
    public void writeBinaryContent(byte[] piece) {
        makeRoom(piece.length);
        System.arraycopy(piece, 0, bytes, size, piece.length);
        size += piece.length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void makeRoom(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
