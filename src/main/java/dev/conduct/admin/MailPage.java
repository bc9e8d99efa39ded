package dev.conduct.admin;

import dev.conduct.kernel.Page;
import dev.conduct.mail.Deliveries;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How letters leave, and what became of each.
///
/// @param state the only ones shown, null for all
/// @param cursor where this page of the list begins, empty for the newest
record MailPage(
        Deliveries.Way way,
        long waiting,
        Page<Deliveries.Delivery> deliveries,
        @Nullable String state,
        String cursor,
        @Nullable String own)
        implements View {

    @Override
    public String template() {
        return "admin/mail.jte";
    }

    @Override
    public String title() {
        return "Mail";
    }

    List<String> states() {
        return Deliveries.STATES.stream().sorted().toList();
    }

    static String tone(Deliveries.Delivery delivery) {
        return switch (delivery.state()) {
            case "sent" -> "clear";
            case "bounced" -> "stop";
            case "deferred" -> "caution";
            default -> "wait";
        };
    }
}
