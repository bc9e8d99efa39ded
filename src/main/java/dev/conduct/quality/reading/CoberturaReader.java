package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/// Cobertura's XML by its many producers. Classes, and methods within them, name the same line again and again; a line
/// of a file counts once, and the rates that the root declares are not believed.
final class CoberturaReader implements KindReader {

    private static final Pattern OF = Pattern.compile("\\((\\d{1,9})/(\\d{1,9})\\)");

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
                case "packages", "package", "classes" -> level(xml, book);
                case "class" -> lines(xml, book.page(xml.attribute("filename")));
                default -> {}
            }
        });
    }

    private static void lines(Xml xml, CoverageBook.Page page) throws IOException, XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "methods", "method", "lines" -> lines(xml, page);
                case "line" -> line(xml, page);
                default -> {}
            }
        });
    }

    private static void line(Xml xml, CoverageBook.Page page) {
        var number = Text.whole(xml.attribute("number"));
        page.line(number, Text.number(xml.attribute("hits")) > 0);
        var of = OF.matcher(xml.attribute("condition-coverage"));
        if (of.find()) {
            page.branches(number, Text.whole(of.group(1)), Text.whole(of.group(2)));
        }
    }
}
