package dev.conduct.replies;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What came by mail, for administrators.
@Controller
class ReceivedPages {

    private final ReceivedRows rows;
    private final ReplySettings settings;

    ReceivedPages(ReceivedRows rows, ReplySettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    @GetMapping("/admin/mail/received")
    ReceivedPage show(@RequestParam(defaultValue = "") String cursor) {
        return new ReceivedPage(rows.page(cursor), settings.address());
    }
}
