namespace LastAccessedBot.Tests.Surfaces.Slack.Preview;

/// <summary>About Slack's sizes and colours, light and dark.</summary>
internal static class PreviewStyle
{
    public const string Sheet =
        """
        :root { color-scheme: light dark; --ground: #fff; --ink: #1d1c1d; --soft: #616061; --line: #dddddd; --code: #c01343; --wash: #f6f6f6; --button: #fff; --edge: #bbbabb; --green: #007a5a; --red: #e01e5a; }
        @media (prefers-color-scheme: dark) { :root { --ground: #1a1d21; --ink: #d1d2d3; --soft: #9a9b9d; --line: #35373b; --code: #e8912d; --wash: #222529; --button: #1a1d21; --edge: #565856; } }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.467 Lato, "Liberation Sans", "DejaVu Sans", sans-serif; }
        article { display: flex; gap: 8px; padding: 8px 16px; }
        .avatar { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #0f6e65; color: #fff; font-weight: 700; line-height: 36px; text-align: center; }
        .said { flex: 1; min-width: 0; max-width: 640px; }
        .who { margin: 0; }
        .app { padding: 1px 3px; border-radius: 2px; background: var(--line); font-size: 10px; font-weight: 700; }
        time { color: var(--soft); font-size: 12px; }
        .block { margin-top: 8px; overflow-wrap: anywhere; }
        h2 { margin: 0; font-size: 18px; font-weight: 900; line-height: 1.33; }
        p { margin: 0; }
        code { padding: 1px 3px; border: 1px solid var(--line); border-radius: 3px; background: var(--wash); color: var(--code); font: 12px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
        .emoji { display: inline-block; width: 1.2em; font: 15px/1 "DejaVu Sans", sans-serif; text-align: center; }
        .white_check_mark { border-radius: 4px; background: #3aa55b; color: #fff; }
        .warning { color: #e0a100; }
        .x { color: #d9362b; }
        hr { margin: 8px 0; border: 0; border-top: 1px solid var(--line); }
        .actions { display: flex; flex-wrap: wrap; gap: 8px; }
        button { max-width: 100%; height: 36px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 4px; background: var(--button); color: inherit; font: inherit; font-weight: 700; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        button.primary { border-color: var(--green); background: var(--green); color: #fff; }
        button.danger { border-color: var(--red); background: var(--red); color: #fff; }
        .context { color: var(--soft); font-size: 12px; }
        pre { margin: 0; padding: 8px; border: 1px solid var(--line); border-radius: 4px; background: var(--wash); font: 12px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
        figure { margin: 0; }
        figcaption { margin-bottom: 4px; color: var(--soft); }
        img { display: block; width: 100%; max-width: 460px; border-radius: 8px; }
        .modal { max-width: 520px; margin: 16px auto; border: 1px solid var(--line); border-radius: 8px; }
        .modal h1 { display: flex; justify-content: space-between; margin: 0; padding: 16px 20px; border-bottom: 1px solid var(--line); font-size: 20px; }
        .cross { color: var(--soft); }
        .modal .body { padding: 4px 20px 16px; }
        .modal footer { padding: 12px 20px; border-top: 1px solid var(--line); text-align: end; }
        .close { display: inline-block; padding: 6px 12px; border: 1px solid var(--edge); border-radius: 4px; font-weight: 700; }
        .submit { margin-left: 8px; border-color: var(--green); background: var(--green); color: #fff; }
        label { display: block; font-weight: 700; }
        textarea, select { display: block; box-sizing: border-box; width: 100%; margin-top: 4px; padding: 8px; border: 1px solid var(--edge); border-radius: 4px; background: var(--ground); color: inherit; font: inherit; }
        .home { max-width: 720px; padding: 16px; }
        """;
}
