package dev.conduct.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

/// The whole application on a random port, a real PostgreSQL and a clock that the test sets. Classes that ask for the
/// same share one running application: work in a product of your own. A class that needs an empty database names
/// itself in the properties (`@ConductTest(properties = "test.alone=LedgerTest")`) and gets an application of its own,
/// for some seconds more. Beans come by constructor, `@LocalServerPort` too.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = FreshDatabase.class)
@Import({TestClock.Configuration.class, Staff.Configuration.class, Statements.Configuration.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface ConductTest {

    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] properties() default {};
}
