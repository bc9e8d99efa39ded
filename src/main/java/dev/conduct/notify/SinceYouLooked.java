package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Html;
import dev.conduct.shell.StationTime;
import dev.conduct.work.MyWorkPanel;
import gg.jte.Content;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The newest of what somebody has not read, on the page they begin the day with.
@Component
class SinceYouLooked implements MyWorkPanel {

    private static final int SHOWN = 6;

    private final NoticeRows rows;
    private final Told told;
    private final Unread unread;
    private final StationTime stationTime;
    private final Html html;

    SinceYouLooked(NoticeRows rows, Told told, Unread unread, StationTime stationTime, Html html) {
        this.rows = rows;
        this.told = told;
        this.unread = unread;
        this.stationTime = stationTime;
        this.html = html;
    }

    @Override
    public @Nullable Content of(Actor actor) {
        if (unread.of(actor.id()) == 0) {
            return null;
        }
        var said = new HashSet<String>();
        var lines = told.to(actor, rows.page(actor.id(), true, SHOWN, null).items()).stream()
                .filter(line -> said.add(line.item().key() + " " + line.says()))
                .toList();
        return lines.isEmpty()
                ? null
                : html.part("notify/since.jte", Map.of("lines", lines, "words", stationTime.words(actor)));
    }
}
