package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class AssetFilesTest {

    private final Assets assets = new Assets();
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new AssetFiles(assets))
            .setControllerAdvice(new ProblemHandler())
            .build();

    @Test
    void a_file_addressed_by_its_content_is_kept_for_a_year() throws Exception {
        var parts = assets.href("/css/conduct.css").split("\\?v=");

        mvc.perform(get(parts[0]).param("v", parts[1]).header("Accept-Encoding", "gzip"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", containsString("immutable")))
                .andExpect(header().string("Content-Encoding", "gzip"));
    }

    @Test
    void without_its_content_in_the_address_it_is_asked_for_again_by_tag() throws Exception {
        var tag = Objects.requireNonNull(mvc.perform(get("/js/htmx.js"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", containsString("no-cache")))
                .andReturn()
                .getResponse()
                .getHeader("ETag"));

        mvc.perform(get("/js/htmx.js").header("If-None-Match", tag)).andExpect(status().isNotModified());
    }

    @Test
    void a_module_names_those_it_imports_by_their_content() throws Exception {
        mvc.perform(get("/js/place.js"))
                .andExpect(content()
                        .string(containsString(
                                "from \"." + assets.href("/js/live.js").substring("/js".length()) + "\"")));
    }

    @Test
    void nothing_beside_the_assets_can_be_reached() throws Exception {
        for (var path : new String[] {"/css/..%2fapplication.yaml", "/css/nothing.css", "/js/Conduct.js"}) {
            assertThat(assets.find(path)).as(path).isEmpty();
        }
    }
}
