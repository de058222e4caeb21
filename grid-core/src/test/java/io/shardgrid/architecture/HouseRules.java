package io.shardgrid.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rules that hold in every module; each module's {@code ArchitectureTest} extends them with its
 * own. They read the compiled classes and the sources of the module in the working directory, and
 * pass for packages that are still empty.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HouseRules {

  private static final String NAMES_THAT_SAY_NOTHING =
      ".*(Utils?|Helpers?|Manager|Impl|Base|Common|Info|Data)";

  /** What JMH writes around benchmarks, with rules of its own. */
  private static final String GENERATED_BENCHMARKS = "/jmh_generated/";

  private static final Path REFERENCE_CONF = Path.of("src", "main", "resources", "reference.conf");

  private final JavaClasses mainClasses = importClasses("classes");
  private final JavaClasses testClasses = importClasses("test-classes");

  /** Checks a rule of this module's main classes. */
  protected final void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(mainClasses);
  }

  /** Only the named packages of this module may use the third parties. */
  protected static ArchRule onlyIn(List<String> packages, String... thirdParties) {
    return noClasses()
        .that(resideOutsideOfPackages(packages.toArray(String[]::new)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(thirdParties));
  }

  @Test
  void hasNoCycleOfPackages() {
    // One slice a package: "io.shardgrid" and "io.shardgrid.client.net" alike.
    check(slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles());
  }

  @Test
  void namesTypesByWhatTheyAre() {
    ArchRule rule =
        noClasses().should().haveNameMatching(NAMES_THAT_SAY_NOTHING).allowEmptyShould(true);
    rule.check(mainClasses);
    rule.check(testClasses);
  }

  @Test
  void neverSleeps() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethodWhere(new Sleeping())
            .because(
                "a thread that sleeps is either late or early: hand time in, or await an event")
            .allowEmptyShould(true);
    rule.check(mainClasses);
    rule.check(testClasses);
  }

  @Test
  void handlesEveryCommandInItsActor() {
    check(classes().that(new CommandRecords()).should(new HaveHandler()));
  }

  @Test
  void readsConfigurationInSettingsOnly() {
    check(
        noClasses()
            .that(areNotSettings())
            .and()
            .resideOutsideOfPackage("io.shardgrid.actor")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config..")
            .because(
                "only *Settings read configuration, so that an error names its key;"
                    + " the package actor must hand Pekko a Config"));
  }

  @Test
  void usesPekkoInActorOnly() {
    check(onlyIn(List.of("io.shardgrid.actor"), "org.apache.pekko..", "scala.."));
  }

  @Test
  void explainsEveryKeyOfReferenceConf() {
    if (Files.exists(REFERENCE_CONF)) {
      List<String> unexplained = new ArrayList<>();
      Config config = ConfigFactory.parseFile(REFERENCE_CONF.toFile());
      collectUnexplained("", config.root(), unexplained);
      assertThat(unexplained).as("keys without a comment above them").isEmpty();
    }
  }

  private static void collectUnexplained(
      String path, ConfigObject object, List<String> unexplained) {
    object.forEach(
        (key, value) -> {
          String valuePath = path.isEmpty() ? key : path + "." + key;
          if (value instanceof ConfigObject inner && !inner.isEmpty()) {
            collectUnexplained(valuePath, inner, unexplained);
          } else if (isUnexplained(value)) {
            unexplained.add(valuePath);
          }
        });
  }

  private static boolean isUnexplained(ConfigValue value) {
    return value.origin().comments().stream().allMatch(String::isBlank);
  }

  private static DescribedPredicate<JavaClass> areNotSettings() {
    return DescribedPredicate.describe(
        "are not named *Settings", type -> !outermost(type).getSimpleName().endsWith("Settings"));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(HouseRules::outermost).orElse(type);
  }

  private static JavaClasses importClasses(String directory) {
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains(GENERATED_BENCHMARKS))
        .importPath(Path.of("target", directory));
  }
}
