package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The own inbox, for programs.
@RestController
@RequestMapping("/api/v1/notices")
@Tag(name = "notices")
class NoticesApi {

    /// @param kind `mention`, `assignment`, `exception`, `duty`, `clock_breached`, `clock_at_risk`, `watched`
    record NoticeAnswer(UUID id, String kind, String item, String title, String says, Instant at, boolean read) {}

    record NoticePage(List<NoticeAnswer> items, @Nullable String next) {}

    private final NoticeRows rows;
    private final Told told;

    NoticesApi(NoticeRows rows, Told told) {
        this.rows = rows;
        this.told = told;
    }

    @GetMapping
    @Operation(operationId = "listNotices", summary = "What concerns you, newest first")
    NoticePage notices(
            @Parameter(description = "Only what was not read yet.")
                    @RequestParam(name = "unread", defaultValue = "false")
                    boolean unread,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        Page<Notice> page = rows.page(actor.id(), unread, limit, cursor);
        return new NoticePage(
                told.to(actor, page.items()).stream()
                        .map(line -> new NoticeAnswer(
                                line.notice().id(),
                                line.notice().kind().word(),
                                line.item().key(),
                                line.item().title(),
                                line.says(),
                                line.notice().at(),
                                line.notice().readAt() != null))
                        .toList(),
                page.next());
    }
}
