package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.shell.View;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Shows what is personal or secret in a record to who may read it.
@Controller
class KeptPages {

    private final Kept kept;

    KeptPages(Kept kept) {
        this.kept = kept;
    }

    record KeptPage(String key, String name, String field, String value) implements View {

        @Override
        public String template() {
            return "work/kept.jte";
        }

        @Override
        public String title() {
            return field + " of " + key;
        }

        @Override
        public List<Crumb> crumbs() {
            return List.of(new Crumb(key, "/items/" + key, true), new Crumb(field, null, false));
        }
    }

    @GetMapping("/items/{key}/kept/{field}")
    KeptPage show(@PathVariable("key") String key, @PathVariable("field") String field, Actor actor) {
        var opened = kept.open(key, field, actor);
        return new KeptPage(key, field, opened.field().title(), opened.value() == null ? "" : opened.value());
    }
}
