package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What concerns the reader, newest first.
@Controller
class InboxPages {

    private final NoticeRows rows;
    private final Told told;
    private final Unread unread;
    private final InstantSource time;

    InboxPages(NoticeRows rows, Told told, Unread unread, InstantSource time) {
        this.rows = rows;
        this.told = told;
        this.unread = unread;
        this.time = time;
    }

    @GetMapping("/inbox")
    InboxPage show(
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        var page = rows.page(actor.id(), unread, null, cursor);
        return new InboxPage(told.to(actor, page.items()), unread, page.next());
    }

    /// @param item left out: everything
    @PostMapping("/inbox/read")
    String read(@RequestParam(required = false) @Nullable String item, Actor actor) {
        if (item != null && !item.matches("[A-Z0-9]{1,20}-\\d{1,18}")) {
            throw Problem.badInput("item", "no_key", "is no number of a record. Write it as in APP-12.");
        }
        rows.read(actor.id(), item, time.instant());
        unread.forget(actor.id());
        return item == null ? "redirect:/inbox" : "redirect:/items/" + item;
    }
}
