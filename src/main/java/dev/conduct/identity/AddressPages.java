package dev.conduct.identity;

import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where the owner of a new e-mail address says that it is theirs. Programs that look into mail follow links, so a
/// button does it.
@Controller
class AddressPages {

    private final AddressChanges addresses;
    private final Gatehouse gatehouse;
    private final Html html;

    AddressPages(AddressChanges addresses, Gatehouse gatehouse, Html html) {
        this.addresses = addresses;
        this.gatehouse = gatehouse;
        this.html = html;
    }

    @GetMapping("/address")
    ResponseEntity<String> question(@RequestParam(defaultValue = "") String token) {
        var address = addresses.waiting(token).orElseThrow(() -> Problem.notFound("This page"));
        return html.page(
                "identity/address.jte", Map.of("board", gatehouse.board(), "token", token, "address", address));
    }

    @PostMapping("/address")
    ResponseEntity<String> confirm(@RequestParam(defaultValue = "") String token) {
        addresses.confirm(token);
        return Redirect.to("/account");
    }
}
