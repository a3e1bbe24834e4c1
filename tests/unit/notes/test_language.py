import pytest

from notesai.notes.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", ""),
        ("123 --- !?", ""),
        ("The quick brown fox", "en"),
        ("Größe und Straße", "en"),
        ("오늘 할 일", "ko"),
        ("Kubernetes Deployment에서 rolling update를 설정하는 방법", "ko"),
        ("`kubectl get pods` 명령은 https://kubernetes.io/docs/reference/kubectl/ 참고", "ko"),
        ("A glossary of forty English words, and among them one in Korean: 노트 (note)", "en"),
        ("今日は天気がいいですね", "ja"),
        ("漢字とカタカナ", "ja"),
        ("今天天气很好，我们去公园", "zh"),
        ("Привет", ""),
    ],
)
def test_language_by_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_letters_that_come_late_count() -> None:
    assert language_of("1" * 110_000 + "가" + "2" * 90_000) == "ko"


@pytest.mark.timeout(30)
def test_a_megabyte() -> None:
    text = "데이터베이스 index 를 만든다. " * 50_000
    assert language_of(text) == "ko"
