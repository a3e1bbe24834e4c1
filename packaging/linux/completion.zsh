#compdef notesai

_notesai() {
    local -a commands
    commands=(
@COMMANDS_ZSH@
    )
    local context state line
    _arguments -C '--vault[folder of notes]:folder:_files -/' '--version[print the version]' \
        '--help[say what there is]' '1: :->command' '*:: :->rest'
    case $state in
    command) _describe 'command' commands ;;
    rest)
        case $words[1] in
@OPTIONS_ZSH@
        esac
        ;;
    esac
}

_notesai "$@"
