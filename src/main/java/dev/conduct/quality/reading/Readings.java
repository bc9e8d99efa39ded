package dev.conduct.quality.reading;

import com.ctc.wstx.exc.WstxLazyException;
import dev.conduct.kernel.Problem;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads a report of whatever kind, packed with gzip or not.
public final class Readings {

    /// A report is at most so long, unpacked.
    public static final long LONGEST = 500L << 20;

    /// Gzip packs reports to a twentieth or so; what unpacks to more than this was made to.
    private static final int RATIO = 200;

    private static final int FREE = 4 << 20;

    private Readings() {}

    /// @param receiver asked for once, when the kind is known
    /// @throws Problem 400 when it is no report that is read, or is broken; 413 when it is too long
    public static ReportKind read(InputStream bytes, Function<ReportKind, Measurement.Receiver> receiver) {
        try {
            var plain = unpacked(new BufferedInputStream(bytes, Detection.WINDOW));
            var kind = Detection.of(head(plain));
            kind.reader().read(plain, receiver.apply(kind));
            return kind;
        } catch (IOException
                | XMLStreamException
                | JacksonException
                | WstxLazyException
                | UncheckedIOException broken) {
            throw told(broken);
        }
    }

    private static byte[] head(InputStream plain) throws IOException {
        plain.mark(Detection.WINDOW + 1);
        var head = plain.readNBytes(Detection.WINDOW);
        plain.reset();
        return head;
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        bytes.mark(2);
        var packed = bytes.read() == 0x1F && bytes.read() == 0x8B;
        bytes.reset();
        if (!packed) {
            return new BufferedInputStream(new Limited(bytes, null), Detection.WINDOW);
        }
        var counted = new Counted(bytes);
        return new BufferedInputStream(new Limited(new GZIPInputStream(counted, 1 << 15), counted), Detection.WINDOW);
    }

    /// What broke, as a problem of the report.
    static Problem told(Throwable broken) {
        return switch (broken) {
            case Problem problem -> problem;
            case ZipException _ -> Refusal.broken("its gzip packing is damaged");
            case JacksonException json -> Refusal.broken("it is not well-formed JSON, " + place(json));
            case XMLStreamException xml -> Refusal.broken("it is not well-formed XML, " + place(xml));
            case WstxLazyException lazy
            when lazy.getCause() instanceof XMLStreamException xml ->
                Refusal.broken("it is not well-formed XML, " + place(xml));
            case WstxLazyException _ -> Refusal.broken("it is not well-formed XML");
            case IOException _, UncheckedIOException _ -> Refusal.broken("it breaks off");
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalStateException(broken);
        };
    }

    private static String place(JacksonException json) {
        var location = json.getLocation();
        return location == null || location.getLineNr() < 1
                ? "at its end"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String place(XMLStreamException xml) {
        var says = Text.bounded(String.valueOf(xml.getMessage()).replaceAll("\\s+", " "), 200);
        var location = xml.getLocation();
        return location == null
                ? says
                : "line " + location.getLineNumber() + ", column " + location.getColumnNumber() + ": " + says;
    }

    /// Bytes that came in.
    private static final class Counted extends FilterInputStream {

        private long count;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }

    /// Bytes that go to the reader: not more than allowed, and not out of proportion to what came in.
    private static final class Limited extends InputStream {

        private final InputStream in;
        private final @Nullable Counted packed;
        private long count;

        private Limited(InputStream in, @Nullable Counted packed) {
            this.in = in;
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            var one = in.read();
            counted(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var read = in.read(into, from, length);
            counted(Math.max(0, read));
            return read;
        }

        private void counted(int more) {
            count += more;
            if (count > LONGEST) {
                throw Problem.tooLarge("report", "A report has at most 500 MB. Split it, for example by module.");
            }
            if (packed != null && count > FREE && count / RATIO > packed.count) {
                throw Problem.tooLarge(
                        "report", "It unpacks to more than " + RATIO + " times its size. Send it unpacked.");
            }
        }
    }
}
