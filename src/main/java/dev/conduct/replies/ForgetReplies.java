package dev.conduct.replies;

import dev.conduct.identity.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Who was erased can answer nothing any more, and what they sent is not in the list.
@Component
class ForgetReplies {

    private final ReplyAddresses addresses;
    private final ReceivedRows rows;

    ForgetReplies(ReplyAddresses addresses, ReceivedRows rows) {
        this.addresses = addresses;
        this.rows = rows;
    }

    @EventListener
    void forget(PersonErased erased) {
        addresses.forget(erased.person());
        rows.forget(erased.person());
    }
}
