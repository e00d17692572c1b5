package app.aicallservice.android.core;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;

/** The caller's number as Android gives it ({@code tel:%2B49301234567}) in the form the server stores. */
public final class CallerNumber {
    /** What the server calls a caller who withholds the number. */
    public static final String WITHHELD = "anonymous";
    private static final int MAX_LENGTH = 64;

    private CallerNumber() {}

    /** Separators go, the plus and the digits stay. Null, empty and undecodable handles are withheld numbers. */
    public static String fromHandle(String handle) {
        if (handle == null) return WITHHELD;
        int colon = handle.indexOf(':');
        String scheme = colon < 0 ? "tel" : handle.substring(0, colon);
        String part = handle.substring(colon + 1);
        int parameters = part.indexOf(';');
        if (parameters >= 0) part = part.substring(0, parameters);
        String text;
        try {
            // A plus is a plus in a tel: URI, not a space.
            text = URLDecoder.decode(part.replace("+", "%2B"), "UTF-8").trim();
        } catch (IllegalArgumentException | UnsupportedEncodingException e) {
            return WITHHELD;
        }
        String number = scheme.equals("sip") ? text.replaceAll("\\p{Cntrl}", "") : text.replaceAll("[^0-9+*#]", "");
        if (number.isEmpty()) return WITHHELD;
        return number.length() > MAX_LENGTH ? number.substring(0, MAX_LENGTH) : number;
    }
}
