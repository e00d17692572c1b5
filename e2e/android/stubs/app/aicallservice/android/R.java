package app.aicallservice.android;

public final class R {
    public static final class string {
        public static final int screened_calls = 1;
        public static final int call_declined = 2;
        public static final int call_silenced = 3;
    }

    public static final class drawable {
        public static final int ic_call_notice = 1;
    }
}
