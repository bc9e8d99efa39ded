package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// Clover's XML, by Clover, OpenClover, PHPUnit and Istanbul. The statements are its line elements.
final class CloverReader implements KindReader {

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
            switch (child) {
                case "project", "testproject", "package" -> level(xml, book);
                case "file" -> file(xml, book.page(xml.has("path") ? xml.attribute("path") : xml.attribute("name")));
                default -> {}
            }
        });
    }

    private static void file(Xml xml, CoverageBook.Page page) throws IOException, XMLStreamException {
        xml.children(child -> {
            if (child.equals("line")) {
                line(xml, page);
            }
        });
    }

    private static void line(Xml xml, CoverageBook.Page page) {
        var number = Text.whole(xml.attribute("num"));
        var whenTrue = Text.whole(xml.attribute("truecount")) > 0;
        var whenFalse = Text.whole(xml.attribute("falsecount")) > 0;
        var hit = Text.whole(xml.attribute("count")) > 0 || whenTrue || whenFalse;
        page.line(number, hit);
        page.statements(hit ? 1 : 0, 1);
        if (xml.attribute("type").equals("cond") && xml.has("truecount")) {
            page.branches(number, (whenTrue ? 1 : 0) + (whenFalse ? 1 : 0), 2);
        }
    }
}
