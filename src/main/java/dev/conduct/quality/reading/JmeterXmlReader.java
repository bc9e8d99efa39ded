package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Sample;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// JMeter's result files in XML. Samples within a sample are parts of it.
final class JmeterXmlReader implements KindReader {

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        samples(xml, false, receiver);
        xml.finish();
    }

    private static void samples(Xml xml, boolean within, Receiver receiver) throws IOException, XMLStreamException {
        xml.children(child -> {
            if (child.equals("sample") || child.equals("httpSample")) {
                var took = Text.number(xml.attribute("t"));
                receiver.take(new Sample(
                        Text.bounded(xml.attribute("lb"), Text.NAME),
                        !xml.attribute("s").equals("false"),
                        Text.whole(xml.attribute("ts")),
                        Double.isNaN(took) ? -1 : took,
                        within));
                samples(xml, true, receiver);
            }
        });
    }
}
