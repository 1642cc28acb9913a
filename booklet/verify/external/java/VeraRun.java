import java.io.File;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.ReleaseDetails;
import org.verapdf.features.FeatureFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.metadata.fixer.FixerFactory;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;
import org.verapdf.processor.ItemProcessor;
import org.verapdf.processor.ProcessorConfig;
import org.verapdf.processor.ProcessorFactory;
import org.verapdf.processor.ProcessorResult;
import org.verapdf.processor.TaskType;
import org.verapdf.processor.plugins.PluginsCollectionConfig;
import org.verapdf.processor.reports.enums.JobEndStatus;

/**
 * Arguments: FLAVOUR FILE... ; judges all files in one machine and prints one record a line, its
 * fields parted by tabs, each line begun with "@": a file number (from 0) is part of every record,
 * so that no verdict can be taken for that of another file. "@end COUNT" closes a complete run.
 */
public final class VeraRun {
    private static final PrintStream OUT = System.out;

    public static void main(String[] arguments) {
        // Java ends with 1 after an uncaught fault, which reads like "not compliant".
        try {
            Logger.getLogger("").setLevel(Level.OFF);
            System.setOut(System.err); // what the engine prints must not mix with the records
            judgeAll(arguments);
            OUT.flush();
            System.exit(0);
        } catch (Throwable fault) {
            record("fault", fault);
            OUT.flush();
            System.exit(70);
        }
    }

    private static void judgeAll(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        // fromString would take "wt1a" for PDF/A-1a; this one knows exact names only.
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
        if (flavour == null || flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("unknown flavour " + arguments[0]);
        }
        record("version", ReleaseDetails.addDetailsFromResource(
            ReleaseDetails.APPLICATION_PROPERTIES_ROOT + "validation-model."
            + ReleaseDetails.PROPERTIES_EXT).getVersion());
        for (int place = 1; place < arguments.length; place++) {
            judge(place - 1, new File(arguments[place]), flavour);
        }
        record("end", arguments.length - 1);
    }

    private static void judge(int number, File file, PDFAFlavour flavour) {
        if (!file.isFile()) {
            record("unread", number, "there is no such file");
            return;
        }
        try (ItemProcessor processor = ProcessorFactory.createProcessor(settings(flavour))) {
            report(number, processor.process(file), flavour);
        } catch (Throwable fault) {
            record("unread", number, fault);
        }
    }

    private static ProcessorConfig settings(PDFAFlavour flavour) {
        ValidatorConfig validator = new ValidatorConfigBuilder()
            .flavour(flavour).defaultFlavour(flavour)
            .showErrorMessages(true).maxNumberOfDisplayedFailedChecks(3).recordPasses(false)
            .build();
        return ProcessorFactory.fromValues(
            validator, FeatureFactory.defaultConfig(), PluginsCollectionConfig.defaultConfig(),
            FixerFactory.defaultConfig(), EnumSet.of(TaskType.VALIDATE));
    }

    private static void report(int number, ProcessorResult result, PDFAFlavour flavour) {
        if (!result.isPdf() || result.isEncryptedPdf() || result.isOutOfMemory()
            || result.getValidationResults().size() != 1) {
            record("unread", number, reason(result));
            return;
        }
        ValidationResult verdict = result.getValidationResults().get(0);
        boolean whole = verdict.getPDFAFlavour() == flavour
            && verdict.getJobEndStatus() == JobEndStatus.NORMAL
            && verdict.getTotalAssertions() > 0 && !result.hasException();
        if (!whole) {
            record("unread", number, "the check was not completed");
            return;
        }
        for (Map.Entry<RuleId, Integer> rule : verdict.getFailedChecks().entrySet()) {
            record("rule", number, name(rule.getKey()), rule.getValue(),
                message(verdict, rule.getKey()));
        }
        record(verdict.isCompliant() ? "pass" : "fail", number, verdict.getTotalAssertions());
    }

    private static String reason(ProcessorResult result) {
        if (result.isOutOfMemory()) {
            return "it needs more memory";
        }
        return result.isPdf() && result.isEncryptedPdf() ? "it is protected, or no rules could be loaded"
            : "it is not a PDF that can be read";
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static String message(ValidationResult verdict, RuleId rule) {
        for (TestAssertion assertion : verdict.getTestAssertions()) {
            if (rule.equals(assertion.getRuleId())) {
                return assertion.getMessage();
            }
        }
        return "";
    }

    private static void record(Object... fields) {
        StringBuilder line = new StringBuilder("@");
        for (int place = 0; place < fields.length; place++) {
            line.append(place == 0 ? "" : "\t").append(String.valueOf(fields[place]).replaceAll("\\s+", " "));
        }
        OUT.println(line);
    }
}
