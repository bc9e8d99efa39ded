package dev.conduct.live;

import dev.conduct.database.Hears;
import org.springframework.stereotype.Component;

/// Passes on to all pages of one person that something waits for them.
@Component
class TellTheirPages implements Hears {

    private final Streams streams;

    TellTheirPages(Streams streams) {
        this.streams = streams;
    }

    @Override
    public String channel() {
        return Live.PEOPLE;
    }

    @Override
    public void heard(String person) {
        for (var stream : streams.all()) {
            if (person.isEmpty() || person.equals(stream.reader())) {
                stream.send(Frames.PERSON);
            }
        }
    }
}
