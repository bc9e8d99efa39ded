package dev.conduct.replies;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class ReplyRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(Route.may(HttpMethod.GET, "/admin/mail/received", Right.ADMINISTER));
    }
}
