package dev.conduct.importer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/// Decodes text and marks each byte that is not valid in the charset as a lone surrogate U+DC80..U+DCFF, which no
/// valid text decodes to: the record that holds it can be found and refused, and no byte is silently replaced.
final class FaithfulReader extends Reader {

    private final InputStream source;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).flip();
    private boolean ended;

    FaithfulReader(InputStream source, Charset charset) {
        this.source = source;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    static boolean marksInvalidByte(char unit) {
        return unit >= '\uDC80' && unit <= '\uDCFF';
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        var target = CharBuffer.wrap(buffer, offset, length);
        // A pair of surrogates needs room for two.
        while (target.position() == 0) {
            var result = decoder.decode(bytes, target, ended);
            if (result.isError()) {
                mark(target, result.length());
            } else if (result.isUnderflow()) {
                if (ended) {
                    return target.position() == 0 ? -1 : target.position();
                }
                fill();
            } else if (target.position() == 0) {
                throw new IOException("a buffer of one character is too small");
            }
        }
        return target.position();
    }

    private void mark(CharBuffer target, int length) {
        for (var i = 0; i < length && target.hasRemaining(); i++) {
            var octet = bytes.get() & 0xFF;
            target.put((char) (octet < 0x80 ? 0xDC80 : 0xDC00 + octet));
        }
        decoder.reset();
    }

    private void fill() throws IOException {
        bytes.compact();
        var count = source.read(bytes.array(), bytes.position(), bytes.remaining());
        if (count < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + count);
        }
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
