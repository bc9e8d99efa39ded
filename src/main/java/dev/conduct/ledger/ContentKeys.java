package dev.conduct.ledger;

import dev.conduct.keys.Subjects;
import dev.conduct.ledger.verify.ContentOpener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Under whose key the content of an event lies: what is said of a person under that person's, what somebody wrote
/// under the writer's, everything else under the company's.
@Component
class ContentKeys implements ContentOpener {

    private static final String PERSON = "person:";

    private final Subjects subjects;
    private final List<PersonalWords> personal;

    ContentKeys(Subjects subjects, List<PersonalWords> personal) {
        this.subjects = subjects;
        this.personal = personal;
    }

    /// Without what belongs to somebody who was erased: nothing of them is kept any more.
    NewEvent kept(NewEvent event) {
        if (event.content().isEmpty()) {
            return event;
        }
        var content = new HashMap<String, String>();
        event.content().forEach((field, value) -> {
            if (subjects.present(subject(event, field))) {
                content.put(field, value);
            }
        });
        return content.size() == event.content().size() ? event : with(event, content);
    }

    Subjects.Closed close(NewEvent event, UUID id, String field, String value) {
        return subjects.close(subject(event, field), value, ContentOpener.place(id, field));
    }

    @Override
    public @Nullable String open(long key, byte[] sealed, UUID event, String field) {
        return subjects.open(key, sealed, ContentOpener.place(event, field)).orElse(null);
    }

    private String subject(NewEvent event, String field) {
        if (field.startsWith(Ledger.KEPT) && event.data().get("kept") instanceof Map<?, ?> kept) {
            return "secret".equals(kept.get(field.substring(Ledger.KEPT.length()))) ? Subjects.SECRETS : event.object();
        }
        return subject(event.object(), event.actor(), event.action(), field);
    }

    String subject(String object, String actor, String action, String field) {
        if (object.startsWith(PERSON)) {
            return object;
        }
        var own = actor.startsWith(PERSON) && personal.stream().anyMatch(words -> words.personal(action, field));
        return own ? actor : Subjects.COMPANY;
    }

    private static NewEvent with(NewEvent event, Map<String, String> content) {
        return new NewEvent(
                event.occurredAt(),
                event.actor(),
                event.via(),
                event.action(),
                event.object(),
                event.objectVersion(),
                event.outcome(),
                event.clause(),
                event.procedure(),
                event.data(),
                content);
    }
}
