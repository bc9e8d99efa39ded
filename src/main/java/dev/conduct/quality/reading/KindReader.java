package dev.conduct.quality.reading;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// Reads one kind of report.
@FunctionalInterface
interface KindReader {

    void read(InputStream bytes, Measurement.Receiver receiver) throws IOException, XMLStreamException;
}
