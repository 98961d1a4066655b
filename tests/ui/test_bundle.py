"""What is left out of a bundle is what nothing leads to, and nothing else."""

import pytest

from sim.ui.chart_grid.bundle import reached

HEAD, TAIL = "var Plotly=(()=>{", "return a();})();\n/* b */ window.Plotly = Plotly;"
WRAP = "var W=(e,t)=>()=>(t||e((t={}).exports,t),t.exports);"
ROOT = "var a=W((x,y)=>{y.exports=b()});"


def left(*statements: str) -> list[str]:
    """Which of some statements are kept beside the root."""
    text = reached(HEAD + WRAP + "".join(statements) + ROOT + TAIL, len(HEAD))
    assert text is not None
    assert text.startswith(HEAD + WRAP)
    assert text.endswith(ROOT + TAIL)
    kept = [each for each in statements if each in text]
    assert text == HEAD + WRAP + "".join(kept) + ROOT + TAIL
    return kept


def test_what_leads_nowhere_is_left_out() -> None:
    b, c = "var b=W((x,y)=>{y.exports=c()});", "var c=W(x=>{x.one=1});"
    alone = ("var d1=W((x,y)=>{y.exports=d2()});", "var d2=W((x,y)=>{y.exports=d1()});")
    assert left(b, *alone, c) == [b, c]


@pytest.mark.parametrize(
    "inside",
    [
        'let s="})};{",t=\'}{;\',u="\\"}"',
        "let s=`};{${[1,`}${{k:`{`}.k}{`]}}{`",
        "let r=x.replace(/[/}]{1,2}\\/\"/g,''),q=[/{/,/'/]",
        "return/}/.test(x)?x/2/y:typeof/{/",
        "let h=x/y;let k=f(x)/2+a[0]/2",
        "/* }; */let k=x/* }'; */;k=k// }{'\n",
        "for(let i=0;i<3;i++){;}function f({u:v}={}){return{v}}class G{m(){}}",
    ],
)
def test_what_is_no_code_is_no_bracket(inside: str) -> None:
    wanted, unwanted = f"var b=W((x,y)=>{{{inside}}});", f"var c=W((x,y)=>{{{inside}}});"
    assert left(unwanted, wanted, unwanted.replace("var c", "var d")) == [wanted]


def test_functions_stand_by_themselves() -> None:
    functions = ("function f({u:v}={},w){return{v}}", "async function g(){}", "class H extends f{}")
    data = "var k,l,b=W(()=>{k=new H});"
    assert left(*functions, data) == [functions[0], functions[2], data]
    # What is set by a call is wanted with the call.
    assert left("var b,m=W(()=>{b=1});") == []


def test_what_is_added_to_something_is_wanted_with_it() -> None:
    b = "var b=W(()=>{});"
    added, other = "fn(b,{one:()=>1});", "fn(n,{two:()=>2});"
    assert left(b, added, other) == [b, added]


@pytest.mark.parametrize(
    "kept",
    ["start();", "var p=W(()=>{}),q=W(()=>{});", "var o={};", "let r=W(()=>{});", "if(1){}else{};"],
)
def test_what_is_not_understood_is_kept(kept: str) -> None:
    assert left(kept, "var c=W(()=>{});") == [kept]


@pytest.mark.parametrize(
    "other",
    [
        "",
        HEAD + WRAP + ROOT,
        HEAD + WRAP + ROOT.replace("}", "]") + TAIL,
        HEAD + WRAP + ROOT.replace("b()", "(b()") + TAIL,
        HEAD + WRAP + ROOT + TAIL.replace("})();", "}()"),
        HEAD + WRAP + "let s=`${1" + ROOT + TAIL,
    ],
)
def test_what_does_not_end_as_it_should_is_left_alone(other: str) -> None:
    assert reached(other, len(HEAD)) is None
