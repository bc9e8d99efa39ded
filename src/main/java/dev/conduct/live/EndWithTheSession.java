package dev.conduct.live;

import dev.conduct.database.Hears;
import org.springframework.stereotype.Component;

/// A page hears nothing any more once the session it was opened in has ended, on whatever node it ended.
@Component
class EndWithTheSession implements Hears {

    private final Streams streams;

    EndWithTheSession(Streams streams) {
        this.streams = streams;
    }

    @Override
    public String channel() {
        return "session_ended";
    }

    /// When an ending may have been missed every page connects anew, and is asked for its session again.
    @Override
    public void heard(String session) {
        for (var stream : streams.all()) {
            if (session.isEmpty()) {
                stream.close();
            } else if (session.equals(stream.session())) {
                stream.send(Frames.ENDED);
                stream.close();
            }
        }
    }
}
