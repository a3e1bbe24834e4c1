"""Words that say nothing of what notes are about: no label is made of them."""

from notesai.notes.stop_words import ENGLISH as _COMMON

ENGLISH = _COMMON | frozenset(
    """
    may ate wrote
    above across actually after afterwards again against ago ain't almost alone along already
    also alt although always among amongst amount another anybody anyone anything anyway anywhere
    apr april aren't around aug august available away back bad based basically became because
    become becomes becoming before began begin behind being below best better between beyond big
    bit both bottom bring broken call called came can't cannot case cases certain certainly
    change changed clear clearly com come comes coming common completely consider contain
    contains correct could couldn couldn't course create created creating current currently day
    days dec december default definitely describe described detail details didn didn't different
    doesn doesn't doing don don't done down due during each earlier easily easy edu either else
    elsewhere end enough entire especially etc even ever every everybody everyone everything
    everywhere exactly example examples except fact far feb february feel few fewer fig figure
    fine first five following follows former found four fri friday full fully further gave
    general generally get gets getting gif give given gives giving going gone good got great had
    hadn hand happen happened happens hard hardly hasn hasn't haven haven't having he's hello
    help hence here here's hers herself high him himself his hope however href html http https
    hundred i'd i'll i'm i've idea image images img important include included includes including
    indeed index info inside instead isn isn't issue it's item items jan january jpeg jpg jul
    july jun june just kept kind know known knows large largely last late later latter least left
    less let let's level like likely line link links list little ll long longer look looking
    looks lot lots low made main mainly make makes making man many mar march maybe mean means
    meant might mine minute moment mon monday month more moreover mostly move much must myself
    name named namely nbsp near nearly necessarily necessary needed needs neither net never
    nevertheless new next nine nobody none nor normal normally not note noted notes nothing nov
    november now nowhere number numbers obviously oct october often okay old once one ones only
    onto open optional order org original other others otherwise ours ourselves out outside
    overall own page part particular particularly parts past pdf people per perhaps place please
    plus png point points possible possibly present pretty previous previously probably problem
    provide provided provides put question quite rather read reading readme ready real really
    reason recent recently regarding related remember remove required right said same sat
    saturday saw say saying says second section see seeing seem seemed seems seen self send sense
    sent sep september set several shall she she's short should shouldn shouldn't show shown
    shows side similar simple simply since single six small somebody somehow someone something
    sometime sometimes somewhat somewhere soon sort src start started step steps still stop stuff
    such sun sunday sure svg table tag tags take taken taking talk tbd ten tend than thank thanks
    that's there's they're thing things think third though thought three through throughout thu
    thursday thus time times title todo together told too took top toward towards tried tries
    true truly try trying tue tuesday turn twice two type types typically under underneath
    unfortunately unless unlike until upon useful user uses using usual usually utf value various
    very via want wanted wants wasn wasn't way ways we'll we're we've wed wednesday week well
    went were weren weren't what's whatever whenever whereas wherever whether while who's whole
    whom whose why wide within without won won't wonder word words work worked working works
    world would wouldn wouldn't write writes writing written wrong www yeah year years yes yet
    you'd you'll you're you've younger yours yourself
    """.split()  # noqa: SIM905 - a list of quoted words would take pages
)

KOREAN = frozenset(
    """
    지원 기반 공식 공개 사용자 방식 대규모 고성능
    가능 가운데 가장 가지 각각 간단 감사 강의 개념 개수 거기 거기서 거의 건지 걸로 결과 결국 결정
    경우 경향 계속 고려 곳곳 공부 과거 과정 관련 구분 구성 구현 그거 그것 그날 그날그날 그냥 그녀
    그다음 그대로 그동안 그때 그룹 그림 글자 금요일 기능 기본 기본값 기준 기타 나름 나머지 나중
    내부 내용 내일 너희 노트 누구 누군가 느낌 다른 다양 다음 다음날 단계 당시 당신 당연 대로
    대부분 대상 대신 대체 대해 대화 덕분 동안 동일 동작 둘째 뒤쪽 때문 때처럼 링크 마련 마음
    마지막 마찬가지 만약 말씀 매우 먼저 메모 모두 모든 모습 모양 목록 목요일 목적 무언가 무엇
    문서 문장 문제 물론 뭔가 밑줄 바탕 반대 반드시 반면 반환 발생 방법 방식 버전 번째 변경 별도
    보통 부분 북마크 불가 비교 비슷 비용 사람 사례 사실 사용 사용법 사이 사이트 사진 삭제 상태
    상황 생각 생성 서로 선택 설명 설정 성공 소개 수요일 수정 수준 순서 숫자 스스로 시간 시도 시작
    시절 시점 실제 실행 아래 아무 아무것 아이 아주 안녕 안쪽 앞서 앞쪽 어디 어려움 어제 언제 얼마
    여기 여러 여러분 여부 역시 역할 연습 영상 예시 예전 예정 예제 오늘 오른쪽 오전 오후 올해 완료
    완전 왼쪽 요소 요즘 요청 우리 우선 월요일 위쪽 위치 유형 의미 이거 이걸 이것 이곳 이날 이동
    이때 이런 이름 이미지 이번 이상 이야기 이용 이유 이전 이제 이해 이후 인해 일단 일반 일부
    일요일 입니다 입력 자기 자꾸 자세 자신 자체 작년 작성 작업 잠깐 저것 저기 저희 적용 전달 전부
    전체 정도 정리 정말 정보 제공 제목 조금 존재 종류 주말 주변 주의 준비 중간 중요 지금 지난번
    지난주 지정 직접 진짜 진행 차례 차이 참고 처리 처음 첫째 최근 최대 최소 최신 추가 출력 출처 친구
    캡처 크기 토요일 통해 특정 특징 특히 파일 페이지 포함 표시 필요 하나 하나하나 하루 학습 한번
    한쪽 한편 항목 해결 해당 행동 현재 형식 형태 호출 혹시 혼자 화면 화요일 확인 활용 회의 후기
    """.split()  # noqa: SIM905
)

NO_NOUNS = frozenset(
    """
    그리고 하지만 그러나 그래서 따라서 또한 또는 혹은 그러면 그런데 그러므로 그럼 그래도 그러니까
    게다가 왜냐하면 예를 즉시 너무 많이 같이 함께 바로 이미 아직 다시 모든 어떤 그런 저런 무슨 어느
    이렇게 그렇게 어떻게 저렇게 이러한 그러한 저러한 이와 그와 만큼 새로 서로 따로 주로 거꾸로
    진짜로 때로 실로 별로 홀로 함부로 억지로 절로 스스로 아마 아마도 제발 과연 결코 도무지 전혀
    오직 단지 다만 비록 만일 설령 마치 이를 이는 이가 그는 그가 그의 나는 내가 나의 너는 네가 저는
    제가 저의 이것저것 그들 저들 이들 누가 뭐가 뭐든 무얼 뭘로 어디든 언제든 언제나 항상 늘상 가끔
    종종 자주 이따금 때때로 점점 점차 차차 더욱 더욱더 훨씬 제일 무척 몹시 꽤나 상당히 굉장히
    대단히 특별히 자세히 간단히 완전히 천천히 조용히 충분히 꾸준히 여전히 분명히 확실히 정확히
    당연히 우연히 열심히 빨리 일찍 멀리 널리 깊이 높이 없이 달리 굳이 일일이 끊임없이 틀림없이
    상관없이 관계없이 가까이 나란히 갑자기 어느새 문득 어쩌면 어차피 애초 도대체 대체로 대개 대략
    거듭 그만 그저 마냥 온통 모조리 죄다 몽땅 골고루 고루 두루 미리 얼른 당장 방금 금방 이윽고
    드디어 마침내 비로소 오히려 차라리 도리어 더구나 하물며 심지어 무려 겨우 고작 기껏 제대로 있는
    없는 같은 이라 아니 아니라 그중 이중 한동안 오랫동안 얼마나 아무리 어찌 어째서 이래 그래 저래
    이처럼 그처럼 이만큼 그만큼 대한 위한 의한 인한 통한 관한 대해서 위해서 의해 의해서 인해서
    통해서 관해 관해서 향해 비해 비롯 더불어 불구 이외 잘못 아무런 오래 약간 어딘가 때때 스스 보고
    의도치 예상치 예기치 매번 언뜻 아예 아님 어휴 감싸 바뀌 매일 가득 흠뻑 우르르 살짝 잔뜩 더이상
    상당 그럴 이럴 어쩔 여러모로 나름대로 그저께 번갈아 하여금 더러 몸소 손수 이번 이때 그때 저때
    요즈음 이틀 사흘 다섯 여섯 일곱 여덟 아홉 열흘 스무 서른 마흔 한두 두세 서너 수십 수백 수천
    수억 수만 것들 때문일 그루 마리 가지 군데 만이 뿐만 따름 거나 따위 이하 이상 미만 무렵 따른
    따라 가진 가지고 만든 만들 보인 보이 다른데 번이나 여러번 한번더 것임 몇몇 엄청 곧바로 다소
    본래 가령 나은 한달 두달 이번엔 하나씩 한번씩 한꺼번 한참 처음엔 나중엔
    """.split()  # noqa: SIM905
)
"""Korean adverbs, pronouns and forms of verbs that look like nouns."""
