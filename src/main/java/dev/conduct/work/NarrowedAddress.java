package dev.conduct.work;

import java.util.List;
import java.util.Objects;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// Where a page leads back to once another product was chosen: a query that stood in its address keeps everything but
/// the product.
final class NarrowedAddress {

    private NarrowedAddress() {}

    /// @param back path and query of a page of ours; anything else leads to the start
    /// @param product key, empty for all
    static String of(String back, String product) {
        if (!back.matches("/(?![/\\\\])[\\x21-\\x7E&&[^\\\\{}]]*")) {
            return "/me";
        }
        try {
            return narrowed(back, product);
        } catch (IllegalArgumentException broken) {
            return "/me";
        }
    }

    private static String narrowed(String back, String product) {
        var address = UriComponentsBuilder.fromUriString(back).build();
        var path = Objects.requireNonNullElse(address.getPath(), "/me");
        if (!path.matches("/lines/[^/]+(/board)?")) {
            return path.equals("/me")
                    ? path
                    : path.startsWith("/find") ? path + "?q=" + words(address.getQueryParams()) : back;
        }
        if (!address.getQueryParams().containsKey("q")) {
            return path;
        }
        var query = QueryChips.with(decoded(address.getQueryParams().get("q")), "product", product);
        var lanes = address.getQueryParams().getFirst("lanes");
        return path + "?" + (lanes == null ? "" : "lanes=" + lanes + "&") + "q=" + LinePage.encoded(query);
    }

    private static String words(MultiValueMap<String, String> parameters) {
        var words = parameters.getFirst("q");
        return words == null ? "" : words;
    }

    private static String decoded(List<String> values) {
        return UriUtils.decode(String.join(" ", values).replace('+', ' '), java.nio.charset.StandardCharsets.UTF_8)
                .strip();
    }
}
