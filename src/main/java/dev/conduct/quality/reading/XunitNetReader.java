package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.stream.XMLStreamException;

/// xUnit.net, one assembly or several; version 1 has `class` where version 2 has `collection`.
final class XunitNetReader implements KindReader {

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        level(xml, receiver);
        xml.finish();
    }

    private static void level(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "assembly", "collection", "class" -> level(xml, receiver);
                case "errors" ->
                    xml.children(error -> receiver.take(
                            new Trouble(Text.bounded(xml.attribute("name"), Text.NAME), xml.text(Text.SAYING))));
                case "test" -> test(xml, receiver);
                default -> {}
            }
        });
    }

    private static void test(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var suite = Text.bounded(xml.attribute("type"), Text.NAME);
        var name = Text.bounded(xml.attribute("name"), Text.NAME);
        var took = Text.seconds(xml.attribute("time"));
        var outcome =
                switch (xml.attribute("result").toLowerCase(Locale.ROOT)) {
                    case "pass" -> Outcome.PASSED;
                    case "fail" -> Outcome.FAILED;
                    default -> Outcome.SKIPPED;
                };
        var says = new AtomicReference<>("");
        xml.children(child -> {
            if (child.equals("failure")) {
                xml.children(part -> {
                    if (part.equals("message")) {
                        says.set(xml.text(Text.SAYING));
                    }
                });
            } else if (child.equals("reason")) {
                says.set(xml.text(Text.SAYING));
            }
        });
        receiver.take(new TestCase(suite, name, outcome, took, 0, says.get()));
    }
}
