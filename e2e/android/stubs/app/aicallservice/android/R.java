package app.aicallservice.android;

public final class R {
    public static final class string {
        public static final int screened_calls = 1;
        public static final int call_declined = 2;
        public static final int call_silenced = 3;
        public static final int live_calls = 4;
        public static final int past_calls = 5;
        public static final int take = 6;
        public static final int voicemail = 7;
        public static final int called = 8;
        public static final int left_message = 9;
        public static final int withheld = 10;
        public static final int more_calls = 11;
    }

    public static final class drawable {
        public static final int ic_call_notice = 1;
    }
}
