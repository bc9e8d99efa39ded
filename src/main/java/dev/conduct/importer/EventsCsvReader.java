package dev.conduct.importer;

import java.io.IOException;
import java.util.Set;

/// An event log in CSV: one row, one event of a case.
final class EventsCsvReader implements SourceReader {

    @Override
    public void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException {
        var log = new EventLog(file, mapping);
        new CsvRows(file, mapping, receiver).read(Set.of("id", "state", "time"), row -> {
            try {
                log.event(row.line(), row.cells());
            } catch (BrokenRecord broken) {
                receiver.broken(file.at(row.line()), broken.says());
            }
        });
        log.tell(receiver);
    }
}
