package dev.conduct.clock;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Html;
import dev.conduct.shell.StationTime;
import dev.conduct.work.ItemPanel;
import dev.conduct.work.ItemPast;
import gg.jte.Content;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The clocks on an item's page, each with its explanation.
@Component
class ClockPanel implements ItemPanel {

    private final Clocks clocks;
    private final StationTime stationTime;
    private final Html html;

    ClockPanel(Clocks clocks, StationTime stationTime, Html html) {
        this.clocks = clocks;
        this.stationTime = stationTime;
        this.html = html;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public @Nullable Content of(ItemPast past, Actor actor) {
        var clauses = clocks.judging(past.standing()).clauses();
        var words = stationTime.words(actor);
        var faces = clocks.of(past.standing(), past.deciding()).stream()
                .map(reading -> ClockFace.of(reading, clauses.get(reading.clause()), words))
                .toList();
        if (faces.isEmpty()) {
            return null;
        }
        var panel = html.render("clock/panel.jte", Map.of("clocks", faces));
        return output -> output.writeContent(panel);
    }
}
