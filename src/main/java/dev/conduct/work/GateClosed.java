package dev.conduct.work;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.NewEvent;
import dev.conduct.procedure.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A transition that was refused: each reason names its clause and what to do. The refusal is an event too, recorded
/// by the door before the answer goes out.
public final class GateClosed extends Problem {

    private final List<Reason> reasons;
    private final transient NewEvent event;
    private final Map<String, String> links;

    private GateClosed(int status, String code, String says, List<Reason> reasons, NewEvent event) {
        this(status, code, says, reasons, Map.of(), event);
    }

    private GateClosed(
            int status, String code, String says, List<Reason> reasons, Map<String, String> links, NewEvent event) {
        super(status, code, says, List.of());
        this.links = Map.copyOf(links);
        this.reasons = List.copyOf(reasons);
        this.event = event;
    }

    /// 409: enforced gates hold it.
    ///
    /// @param links by gate, where what it asks for is supplied
    static GateClosed held(String transition, List<Reason> reasons, Map<String, String> links, NewEvent event) {
        var says = reasons.stream().map(Reason::says).collect(Collectors.joining(" "));
        return new GateClosed(409, "gate_closed", "\"" + transition + "\" is held: " + says, reasons, links, event);
    }

    /// 403: none of the actor's roles ever allows it.
    static GateClosed notTheirs(Reason role, NewEvent event) {
        return new GateClosed(403, "role", role.says() + " " + role.fix(), List.of(role), event);
    }

    /// 403: the very person who may not, whatever the roles.
    static GateClosed setApart(Reason reason, NewEvent event) {
        return new GateClosed(403, "second_person", reason.says() + " " + reason.fix(), List.of(reason), event);
    }

    /// 409: it does not lead from where the item stands.
    static GateClosed wrongState(String says, NewEvent event) {
        return new GateClosed(409, "wrong_state", says, List.of(), event);
    }

    public List<Reason> reasons() {
        return reasons;
    }

    NewEvent event() {
        return event;
    }

    @Override
    public Map<String, Object> extensions() {
        return reasons.isEmpty() ? Map.of() : Map.of("blocked_by", blocked());
    }

    List<Blocked> blocked() {
        return reasons.stream()
                .map(reason -> Blocked.of(reason, links.get(reason.gate())))
                .toList();
    }

    /// One reason as the API writes it.
    ///
    /// @param link address of the page that supplies what is asked for; null where none does
    record Blocked(
            String clause,
            String kind,
            String gate,
            String says,
            String fix,
            @Nullable String link) {

        static Blocked of(Reason reason, @Nullable String link) {
            return new Blocked(reason.clause(), reason.kind().word(), reason.gate(), reason.says(), reason.fix(), link);
        }
    }
}
