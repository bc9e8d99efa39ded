package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/// JaCoCo's XML: lines of source files, groups of modules too.
final class JacocoReader implements KindReader {

    private static final Set<String> KNOWN = Set.of("sessioninfo", "group", "package", "counter");

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        var book = new CoverageBook();
        level(xml, book);
        xml.finish();
        book.tell(receiver);
    }

    private static void level(Xml xml, CoverageBook book) throws IOException, XMLStreamException {
        xml.children(child -> {
            if (!KNOWN.contains(child)) {
                throw Refusal.unknown("an XML report whose " + child + " no JaCoCo writes");
            }
            if (child.equals("group")) {
                level(xml, book);
            } else if (child.equals("package")) {
                var folder = xml.attribute("name");
                xml.children(file -> {
                    if (file.equals("sourcefile")) {
                        var name = xml.attribute("name");
                        file(xml, book.page(folder.isEmpty() ? name : folder + "/" + name));
                    }
                });
            }
        });
    }

    private static void file(Xml xml, CoverageBook.Page page) throws IOException, XMLStreamException {
        xml.children(child -> {
            if (child.equals("line")) {
                var line = Text.whole(xml.attribute("nr"));
                var hit = Text.whole(xml.attribute("ci"));
                var covered = Text.whole(xml.attribute("cb"));
                page.line(line, hit > 0);
                page.branches(line, covered, covered + Text.whole(xml.attribute("mb")));
                page.statements(hit, hit + Text.whole(xml.attribute("mi")));
            }
        });
    }
}
