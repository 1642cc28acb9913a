import com.adobe.epubcheck.tool.EpubChecker;
import java.io.File;
import java.io.PrintStream;

/**
 * Arguments: FOLDER FILE... ; judges all books in one machine. The report of file number N (from 0)
 * is FOLDER/N.json; "@done N CODE" says that its check ended, and "@end COUNT" closes the run.
 */
public final class EpubRun {
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        // Java ends with 1 after an uncaught fault, which reads like "not valid".
        try {
            System.setOut(System.err);
            for (int place = 1; place < arguments.length; place++) {
                int number = place - 1;
                if (!new File(arguments[place]).isFile()) {
                    out.println("@unread\t" + number + "\tthere is no such file");
                    continue;
                }
                String report = new File(arguments[0], number + ".json").getPath();
                int code = new EpubChecker().run(new String[] {
                    arguments[place], "--failonwarnings", "-q", "--locale", "en", "--json", report});
                out.println("@done\t" + number + "\t" + code);
            }
            out.println("@end\t" + (arguments.length - 1));
            out.flush();
            System.exit(0);
        } catch (Throwable fault) {
            out.println("@fault\t" + String.valueOf(fault).replaceAll("\\s+", " "));
            out.flush();
            System.exit(70);
        }
    }
}
